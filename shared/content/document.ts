// What people read, before any output lays it out. Content is written once for each noun, as a document; every output renders the same one.
// Nothing in it is safe to show as it is: a renderer cleans, escapes, shortens and wraps.

import type { Remedy } from '../domain/verdict.ts';

/** Who wants to read it: everybody, also as the only news of a reply; who looks closer; or who checks the proof. */
export type Detail = 'summary' | 'details' | 'evidence';

export type Tone = 'good' | 'warning' | 'bad' | 'quiet';

interface Common {
  /** `details` where it is not said. */
  detail?: Detail;
  tone?: Tone;
}

/** A sentence or two. */
export interface Paragraph extends Common {
  kind: 'paragraph';
  text: string;
}

/** One thing that is known. Outputs for machines, and those that choose what to show, go by `key`; people read the label. */
export interface Fact extends Common {
  kind: 'fact';
  key: string;
  label: string;
  says: string;
}

export interface Item {
  text: string;
  /** What says more of this item. */
  blocks?: readonly Block[];
}

export interface List extends Common {
  kind: 'list';
  key: string;
  isOrdered?: boolean;
  items: readonly Item[];
}

export interface Table extends Common {
  kind: 'table';
  key: string;
  head?: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Shell commands that work as pasted: an output shows one whole or not at all. */
export interface Commands extends Common {
  kind: 'commands';
  commands: readonly string[];
}

/** Lines of a file, to be copied: neither wrapped nor shortened. */
export interface Code extends Common {
  kind: 'code';
  language: 'hcl' | 'json';
  text: string;
}

/** What stands under a heading. */
export interface Section extends Common {
  kind: 'section';
  key: string;
  heading: string;
  blocks: readonly Block[];
}

export type Block = Paragraph | Fact | List | Table | Commands | Code | Section;

export interface Document {
  blocks: readonly Block[];
}

/** A document that begins with what it says, in one sentence. */
export interface Report extends Document {
  /** None: it goes on from the report before it. */
  title?: string;
  tone?: Tone;
}

/** A document about one thing that happened, with what a subject line needs. */
export interface Message extends Document {
  /** How urgent, in a word: `HIGH`, `RESOLVED`. */
  tag: string;
  /** The name that the subject line must keep. */
  about: string;
  /** What happened, in one clause. */
  headline: string;
  /** Where, as far as the headline does not say it. */
  where: string;
  /** When it happened; none: the message is about many moments. */
  at?: string;
  /** What to do, in order: a sentence each, with its commands. */
  steps: readonly Remedy[];
  /** What is read last: ids, times, where to read more. */
  footer: readonly string[];
  /** Who in it answers for something, as our own records name them: an output that knows them may show them as people. */
  people?: readonly string[];
}

/** All that the ledger keeps of one thing, for whoever asks for it. */
export interface Dossier extends Document {
  about: string;
  steps: readonly Remedy[];
  people: readonly string[];
  /** What shows it again, where not all of it fits. */
  commands: readonly string[];
}
