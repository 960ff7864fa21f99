import { slackUserId } from '../../domain/slack.ts';
import type { People } from './rich-text.ts';

/** Those of the people whom our own records name who are users in Slack, each once. */
export const peopleOf = ({ people = [] }: { people?: readonly string[] }): People => [
  ...new Set(people.filter((name) => slackUserId(name) !== undefined)),
];

/** The text with the names of people in the place of their ids, where Slack shows no one as a person. */
export const named = (text: string, people: People): string =>
  people.reduce((with_, person) => with_.replaceAll(person, person.split('/').at(-1) ?? ''), text);
