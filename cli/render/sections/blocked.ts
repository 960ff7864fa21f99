import { count, list, sentenceOf, shortList, verb } from '../../../shared/content/words.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import { blocksOf, pinOf } from '../evidence.ts';
import type { Line } from '../layout.ts';
import { andMore, MOST_ROWS } from './interfaces.ts';

const MOST_IDS = 6;
const typeInWords = ({ subject }: Finding): string => subject.type.replaceAll('-', ' ');

/** One resource that leftovers alone keep alive: which, by how many, and what comes back. */
function pinnedLine(finding: Finding): Line {
  const { name, unlockSet, trunks, addressesReturned } = pinOf(finding.evidence);
  const holders = [
    ...(unlockSet.length > 0 ? [count(unlockSet.length, 'branch interface')] : []),
    ...(trunks.length > 0 ? [count(trunks.length, 'trunk')] : []),
  ];
  const told = `${typeInWords(finding)} ${finding.subject.id}${name ? ` (${name})` : ''}`;
  if (holders.length === 0) return { text: `- ${told}: ${sentenceOf(finding)}`, indent: 4, hang: 2 };
  const back = `${count(addressesReturned, 'address')} ${verb(addressesReturned, 'come')} back`;
  const unproven = finding.state === 'suspect' ? ', not all of them proven yet' : '';
  return {
    text: `- ${told}: held by ${list(holders)} only${unproven}; ${back}`,
    indent: 4,
    hang: 2,
  };
}

/** What these interfaces keep from being deleted; `pinned` are the resources that nothing else holds. */
export function blockedSection(interfaces: readonly Finding[], pinned: readonly Finding[]): Line[] {
  const blocks = interfaces.flatMap(({ evidence }) => blocksOf(evidence) ?? []);
  const ids = (of: (each: (typeof blocks)[number]) => readonly string[]) => [...new Set(blocks.flatMap(of))].filter(Boolean).toSorted();
  const kinds = [ids(({ securityGroups }) => securityGroups), ids(({ subnet }) => [subnet]), ids(({ vpc }) => [vpc])].filter(
    (each) => each.length > 0,
  );
  if (kinds.length + pinned.length === 0) return [];
  const refused = kinds.map((each) => shortList(each, MOST_IDS)).join(', ');
  return [
    { text: 'What it blocks:', indent: 2 },
    ...(refused
      ? [{ text: `EC2 refuses to delete ${refused} while these interfaces exist (DependencyViolation).`, indent: 4, hang: 2 }]
      : []),
    ...(pinned.length > 0 ? [{ text: 'Nothing but leftovers keeps these alive:', indent: 4 }] : []),
    ...pinned.slice(0, MOST_ROWS).map(pinnedLine),
    ...andMore(pinned.length, 4),
  ];
}
