import { duration } from '../../../shared/content/time.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import { interfaceOf, sightingsOf } from '../evidence.ts';
import type { Line } from '../layout.ts';

export const MOST_ROWS = 10;

/** How often and for how long, e.g. `seen 2x over 35 min`. */
function seen({ evidence, sightings, firstSeen }: Finding): string {
  const known = sightingsOf(evidence);
  const times = known?.count || sightings;
  if (times <= 1) return 'seen once';
  const ms = known ? Date.parse(known.newest) - Date.parse(known.first) : Number.NaN;
  if (!Number.isFinite(ms)) return `seen ${times}x since ${firstSeen}`;
  return `seen ${times}x ${ms < 60_000 ? 'within a minute' : `over ${duration(ms)}`}`;
}

function row(finding: Finding, kind: string): string[] {
  const shown = interfaceOf(finding.evidence);
  const [address = '', ...more] = shown?.addresses ?? [];
  return [
    finding.subject.id,
    kind || finding.state || finding.severity,
    `${address}${more.length > 0 ? ` +${more.length}` : ''}`,
    seen(finding),
  ];
}

/** That a list was cut, and where the rest is. */
export const andMore = (all: number, indent: number): Line[] =>
  all > MOST_ROWS ? [{ text: `... and ${all - MOST_ROWS} more (--format json lists all)`, indent, tone: 'quiet' }] : [];

function subnetOf({ evidence }: Finding): string {
  const { subnetId = '', availabilityZone = '' } = interfaceOf(evidence) ?? {};
  return availabilityZone ? `${subnetId} (${availabilityZone})` : subnetId;
}

/** By subnet, one row for each interface: id, state, address, sightings. Four ids abreast would not fit 80 columns. */
export function interfaceRows(findings: readonly Finding[], indent: number, kindOf: (finding: Finding) => string = () => ''): Line[] {
  const bySubnet = [...Map.groupBy(findings.slice(0, MOST_ROWS), subnetOf)].flatMap(([subnet, group]): Line[] => [
    ...(subnet ? [{ text: subnet, indent }] : []),
    { rows: group.map((finding) => row(finding, kindOf(finding))), indent: indent + 2 },
  ]);
  return [...bySubnet, ...andMore(findings.length, indent)];
}
