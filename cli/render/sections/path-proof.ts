import { sentenceOf, shortList } from '../../../shared/content/words.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import { fixOf, pathProofsOf } from '../evidence.ts';
import type { Line } from '../layout.ts';

type Proof = ReturnType<typeof pathProofsOf>[number];
type Side = Proof['blockedBy'][number];

const MOST_GROUPS = 5;

const hostOf = ({ host, address }: Side['packet']['from']): string => (address ? `${address} (${host})` : host);

function sideLines({ protocol, port }: Proof, { side, groupIds, packet, nearestMiss }: Side): Line[] {
  const verb = side === 'egress' ? 'lets out' : 'lets in';
  const what = `${protocol} ${port} from ${hostOf(packet.from)} to ${hostOf(packet.to)}`;
  return [
    { text: `${side}: no rule of ${shortList(groupIds, MOST_GROUPS)} ${verb} ${what}`, indent: 6, hang: 2 },
    { text: nearestMiss ? `nearest: ${nearestMiss.says}` : 'nearest: none, there is no such rule at all', indent: 8, hang: 2 },
  ];
}

function proofLines(proof: Proof): Line[] {
  const { protocol, port, outcome, blockedBy, open, blocked } = proof;
  if (outcome !== 'blocked' && outcome !== 'some') return [];
  const whom = open && blocked ? `, ${outcomeOf(open, blocked)}` : '';
  return [
    { text: `${protocol} ${port}: ${outcome === 'some' ? 'open to some only' : 'blocked'}${whom}`, indent: 4 },
    ...blockedBy.flatMap((side) => sideLines(proof, side)),
  ];
}

const outcomeOf = (open: NonNullable<Proof['open']>, blocked: NonNullable<Proof['blocked']>): string =>
  `open from ${open.from.count} to ${open.to.count} hosts, blocked from ${blocked.from.count} to ${blocked.to.count}`;

const terraformLines = (terraform: string): Line[] => terraform.split('\n').map((line) => ({ verbatim: line, indent: 6 }));

function fixLines({ remedy, evidence }: Finding): Line[] {
  const { terraform, sideEffects } = fixOf(evidence);
  return [
    ...(remedy.summary ? [{ text: `Fix: ${remedy.summary}`, indent: 4, hang: 2 }] : []),
    ...remedy.commands.map((command): Line => ({ command, indent: 6 })),
    ...(terraform ? [{ text: 'or as Terraform:', indent: 4 }, ...terraformLines(terraform)] : []),
    ...sideEffects.map(
      ({ label, before, after }): Line => ({
        text: `It also makes ${label} ${after} (${before} today).`,
        indent: 4,
        hang: 2,
        tone: 'warn',
      }),
    ),
  ];
}

/** One finding about paths: what is blocked, the packet that fails, the rule that comes nearest, and what opens it. */
export function pathProof(finding: Finding, told: Set<string>): Line[] {
  const fix = fixLines(finding);
  const key = JSON.stringify(fix);
  const isTold = told.has(key);
  told.add(key);
  return [
    { text: `${finding.severity}: ${sentenceOf(finding)}`, indent: 2, hang: 2, tone: finding.severity === 'critical' ? 'bad' : 'warn' },
    ...pathProofsOf(finding.evidence).flatMap(proofLines),
    ...(isTold ? [{ text: 'Fix: as above.', indent: 4 }] : fix),
  ];
}
