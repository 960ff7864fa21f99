import { items, paragraph, section } from '../../content/blocks.ts';
import type { Section } from '../../content/document.ts';
import { count, list, sentenceOf, shortList, verb } from '../../content/words.ts';
import type { Finding } from '../../domain/finding.ts';
import { blocksOf, pinOf } from './evidence.ts';
import { andMore, MOST_ROWS } from './interfaces.ts';

const MOST_IDS = 6;

/** One resource that leftovers alone keep alive: which, by how many, and what comes back. */
function pinnedText(finding: Finding): string {
  const { subject, state, evidence } = finding;
  const { name, unlockSet, trunks, addressesReturned } = pinOf(evidence);
  const holders = [
    ...(unlockSet.length > 0 ? [count(unlockSet.length, 'branch interface')] : []),
    ...(trunks.length > 0 ? [count(trunks.length, 'trunk')] : []),
  ];
  const what = `${subject.type.replaceAll('-', ' ')} ${subject.id}${name ? ` (${name})` : ''}`;
  if (holders.length === 0) return `${what}: ${sentenceOf(finding)}`;
  const back = `${count(addressesReturned, 'address')} ${verb(addressesReturned, 'come')} back`;
  return `${what}: held by ${list(holders)} only${state === 'suspect' ? ', not all of them proven yet' : ''}; ${back}`;
}

/** What these interfaces keep from being deleted; `pinned` are the resources that nothing else holds. */
export function blockedSection(interfaces: readonly Finding[], pinned: readonly Finding[]): Section[] {
  const blocks = interfaces.flatMap(({ evidence }) => blocksOf(evidence) ?? []);
  const ids = (of: (each: (typeof blocks)[number]) => readonly string[]) => [...new Set(blocks.flatMap(of))].filter(Boolean).toSorted();
  const refused = [ids(({ securityGroups }) => securityGroups), ids(({ subnet }) => [subnet]), ids(({ vpc }) => [vpc])]
    .filter((each) => each.length > 0)
    .map((each) => shortList(each, MOST_IDS))
    .join(', ');
  return section('blocks', 'What it blocks:', [
    ...(refused ? [paragraph(`EC2 refuses to delete ${refused} while these interfaces exist (DependencyViolation).`)] : []),
    ...(pinned.length > 0 ? [paragraph('Nothing but leftovers keeps these alive:')] : []),
    ...items('pinned', pinned.slice(0, MOST_ROWS).map(pinnedText)),
    ...andMore(pinned.length),
  ]);
}
