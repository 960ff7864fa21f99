import { paragraph, section, table } from '../../content/blocks.ts';
import type { Block, Paragraph } from '../../content/document.ts';
import { duration } from '../../content/time.ts';
import type { Finding } from '../../domain/finding.ts';
import { interfaceOf, sightingsOf } from './evidence.ts';

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
  const [address = '', ...more] = interfaceOf(finding.evidence)?.addresses ?? [];
  const state = kind || finding.state || finding.severity;
  return [finding.subject.id, state, `${address}${more.length > 0 ? ` +${more.length}` : ''}`, seen(finding)];
}

/** That a list of `all` was cut, and where the rest is. */
export const andMore = (all: number, most = MOST_ROWS): Paragraph[] =>
  all > most ? [paragraph(`... and ${all - most} more (--format json lists all)`, 'quiet')] : [];

function subnetOf({ evidence }: Finding): string {
  const { subnetId = '', availabilityZone = '' } = interfaceOf(evidence) ?? {};
  return availabilityZone ? `${subnetId} (${availabilityZone})` : subnetId;
}

/** By subnet, one row for each interface: id, state, address, sightings. Four ids abreast would not fit 80 columns. */
export function interfaceTables(findings: readonly Finding[], kindOf: (finding: Finding) => string = () => ''): Block[] {
  const bySubnet = [...Map.groupBy(findings.slice(0, MOST_ROWS), subnetOf)].flatMap(([subnet, group]): Block[] => {
    const rows = table(
      'interfaces',
      group.map((finding) => row(finding, kindOf(finding))),
    );
    return subnet ? section('subnet', subnet, rows) : rows;
  });
  return [...bySubnet, ...andMore(findings.length)];
}
