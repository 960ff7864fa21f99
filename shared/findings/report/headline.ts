import { count, list, verb } from '../../content/words.ts';
import type { AuditReport } from '../audit-report.ts';
import { addressCount, inState, isIncomplete, type Leftovers, leftoversOf, undecidedOf } from './leftovers.ts';

/** What the audit was narrowed to. Empty lists mean all. */
export interface Asked {
  clusters: readonly string[];
  rules: readonly string[];
}

const distinct = (names: readonly string[]): number => new Set(names).size;
const some = (n: number, noun: string): string[] => (n > 0 ? [count(n, noun)] : []);

function orphans({ branches }: Leftovers): string {
  if (branches.length === 0) return '';
  const states = list([...some(inState(branches, 'orphan').length, 'orphan'), ...some(inState(branches, 'suspect').length, 'suspect')]);
  const clusters = [...new Set(branches.map(({ cluster }) => cluster ?? 'without a name'))];
  const whose = clusters.length === 1 ? `deleted cluster ${clusters[0]}` : count(clusters.length, 'deleted cluster');
  const addresses = addressCount(branches);
  const held = addresses > 0 ? ` ${verb(branches.length, 'hold')} ${count(addresses, 'IP address')}` : '';
  return `${states || count(branches.length, 'leftover interface')} of ${whose}${held}`;
}

function others({ trunks, leaked, unattributable, pinned, branches, paths, other, accepted }: Leftovers, undecided: number): string[] {
  const cutOff = distinct(paths.map(({ cluster, subject }) => `${cluster} ${subject.id}`));
  return [
    ...some(trunks.length, 'leftover trunk'),
    ...some(inState(leaked, 'leaked').length, 'leaked interface'),
    ...some(leaked.length - inState(leaked, 'leaked').length, 'possible leak'),
    ...some(unattributable.length, 'unattributable interface'),
    // With the interfaces in sight, what they pin stands under their cluster.
    ...(branches.length + trunks.length === 0 ? some(pinned.length, 'resource pinned by orphans') : []),
    ...(cutOff > 0 ? [`blocked paths of ${count(cutOff, 'set')} of pod security groups`] : []),
    ...some(other.length, 'other finding'),
    ...some(accepted.length, 'accepted finding'),
    ...(undecided > 0 ? [`${undecided} undecided`] : []),
  ];
}

const onlyOf = ({ clusters, rules }: Asked): string => {
  const parts = [
    ...(clusters.length > 0 ? [`cluster ${clusters.join(', ')}`] : []),
    ...(rules.length > 0 ? [`rule ${rules.join(', ')}`] : []),
  ];
  return parts.length > 0 ? ` (asked only for ${list(parts)})` : '';
};

/** Nothing, of what was looked for. */
function nothingFound({ verdicts, coverage }: AuditReport): string {
  const hasPaths = verdicts.some(({ path }) => path !== undefined);
  const hasLeftovers = !hasPaths || coverage.some(({ slice }) => slice === 'branchEnis' || slice === 'trunkEnis');
  return [...(hasLeftovers ? ['nothing left behind'] : []), ...(hasPaths ? ['no path blocked'] : [])].join(', ');
}

/** Account, region, and what was found, in one sentence. */
export function headline(report: AuditReport, asked: Asked): string {
  const leftovers = leftoversOf(report);
  const { waiting, unknown } = undecidedOf(report);
  const found = orphans(leftovers);
  const also = others(leftovers, distinct([...waiting, ...unknown].map(({ subject }) => subject.id)));
  const incomplete = isIncomplete(report);
  const nothing = incomplete ? 'nothing was found in what could be read' : nothingFound(report);
  const sentence = found && also.length > 0 ? `${found}; also ${list(also)}` : found || list(also) || nothing;
  return `Account ${report.target.accountId}, ${report.target.region}: ${incomplete ? 'INCOMPLETE: ' : ''}${sentence}${onlyOf(asked)}`;
}
