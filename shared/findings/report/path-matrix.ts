// Sets and paths, to be read at a glance: what the pods of each set of security groups can reach.

import type { Verdict } from '../../domain/verdict.ts';
import type { AuditReport } from '../audit-report.ts';
import { compare } from '../order.ts';
import { setOf } from './evidence.ts';

// From left to right; DNS is two columns, because a group that forgets one of them is the commonest fault of all.
const COLUMNS = [
  { title: 'DNS udp', path: 'dns', protocol: 'udp' },
  { title: 'DNS tcp', path: 'dns', protocol: 'tcp' },
  { title: 'probes', path: 'probe', protocol: 'tcp' },
  { title: 'pod to pod', path: 'pod-to-pod', protocol: undefined },
  { title: 'control plane', path: 'control-plane', protocol: 'tcp' },
] as const;

export type Cell = 'open' | 'BLOCKED' | 'blocked' | 'some' | '?' | '-';

export interface MatrixRow {
  label: string;
  pods: number;
  cells: readonly Cell[];
}

export interface ClusterMatrix {
  cluster: string;
  titles: readonly string[];
  /** Those with something blocked first. */
  rows: readonly MatrixRow[];
  isAllOpen: boolean;
}

const LONGEST_LABEL = 30;
const cut = (label: string): string => (label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label);

/** A set by the names of its groups; by their ids where they have none. */
const labelOf = ({ subject, evidence }: Verdict): string =>
  setOf(evidence)
    .groups.map(({ id, name }) => name || id)
    .join(' + ') || subject.id;

/** The worst of some paths: what is shut out matters more than what is not known. Isolation among pods may be meant, so it does not shout. */
function cellOf(verdict: Verdict | undefined, protocol: string | undefined): Cell {
  if (!verdict || verdict.verdict === 'not-applicable') return '-';
  const isFound = verdict.verdict === 'fail';
  const paths = setOf(verdict.evidence).paths.filter((path) => protocol === undefined || path.protocol === protocol);
  const outcomes = paths.map(({ open }) => open);
  if (outcomes.length === 0) return openIf(verdict.verdict === 'pass');
  if (verdict.path === 'pod-to-pod') return isFound ? 'blocked' : openIf(verdict.verdict === 'pass');
  if (outcomes.includes(false)) return isFound ? 'BLOCKED' : '?';
  if (outcomes.includes('some')) return isFound ? 'some' : '?';
  return openIf(outcomes.every((open) => open === true));
}

const openIf = (isOpen: boolean): Cell => (isOpen ? 'open' : '?');

const WORST: readonly Cell[] = ['BLOCKED', 'some', '?', 'blocked', 'open', '-'];
const worst = ({ cells }: MatrixRow): number => Math.min(...cells.map((cell) => WORST.indexOf(cell)));

/** The matrix of every cluster whose sets were judged, without the columns that nobody asked for. */
export function pathMatrices({ verdicts }: Pick<AuditReport, 'verdicts'>): ClusterMatrix[] {
  const judged = verdicts.filter(({ path, subject }) => path !== undefined && subject.type === 'security-group-set');
  return [...Map.groupBy(judged, ({ cluster }) => cluster ?? '')]
    .map(([cluster, all]) => matrixOf(cluster, all))
    .filter(({ rows }) => rows.length > 0)
    .toSorted((a, b) => compare(a.cluster, b.cluster));
}

function matrixOf(cluster: string, verdicts: readonly Verdict[]): ClusterMatrix {
  const columns = COLUMNS.filter(({ path }) => verdicts.some((each) => each.path === path && each.verdict !== 'not-applicable'));
  const rows = [...Map.groupBy(verdicts, ({ subject }) => subject.id)]
    .map(([, ofSet]) => ({
      label: cut(ofSet[0] ? labelOf(ofSet[0]) : ''),
      pods: Math.max(...ofSet.map(({ evidence }) => setOf(evidence).pods)),
      cells: columns.map(({ path, protocol }) =>
        cellOf(
          ofSet.find((each) => each.path === path),
          protocol,
        ),
      ),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== '-'))
    .toSorted((a, b) => worst(a) - worst(b) || compare(a.label, b.label));
  const isAllOpen = rows.every(({ cells }) => cells.every((cell) => cell === 'open' || cell === '-'));
  return { cluster, titles: columns.map(({ title }) => title), rows, isAllOpen };
}
