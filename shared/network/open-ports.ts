import type { PathOutcome, PortRange, Traffic } from '../domain/security-group.ts';
import { type CompiledFacts, groupOf } from './compile.ts';
import { outcomeOfPath, type Path } from './evaluate.ts';
import { compilePorts, protocolNumber } from './traffic.ts';

const LAST_PORT = 65_535;

/** Every port of TCP or UDP from 0 to 65535 in ranges of one outcome, in order: which ports are open at all? */
export function evaluatePorts(
  facts: CompiledFacts,
  path: Omit<Path, 'traffic'> & { protocol: 'tcp' | 'udp'; family?: Traffic['family'] },
): PortRange[] {
  const { from, to, protocol, family } = path;
  const ranges: PortRange[] = [];
  const starts = boundaries(facts, path);
  starts.forEach((port, index) => {
    const traffic = { protocol, port, ...(family && { family }) };
    const outcome: PathOutcome = outcomeOfPath(facts, { from, to, traffic });
    const last = ranges.at(-1);
    const end = (starts[index + 1] ?? LAST_PORT + 1) - 1;
    if (last?.outcome === outcome) ranges[ranges.length - 1] = { ...last, to: end };
    else ranges.push({ from: port, to: end, outcome });
  });
  return ranges;
}

/** The ports at which the answer may change: where a rule of either side begins, and after its end. */
function boundaries(facts: CompiledFacts, { from, to, protocol }: Omit<Path, 'traffic'> & { protocol: string }): number[] {
  const number = protocolNumber(protocol);
  const groups = [from, to].flatMap(({ endpoint }) => endpoint.hosts.flatMap((host) => host.groupIds));
  const found = new Set([0]);
  for (const id of new Set(groups)) {
    const { rules } = groupOf(facts, id);
    for (const { protocol: each, ports } of [...rules.egress, ...rules.ingress].map(compilePorts))
      if (each === number && typeof ports === 'object') for (const port of [ports.from, ports.to + 1]) found.add(port);
  }
  return [...found].filter((port) => port <= LAST_PORT).sort((a, b) => a - b);
}
