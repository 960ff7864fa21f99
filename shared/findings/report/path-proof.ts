import { commandBlock, paragraph, section } from '../../content/blocks.ts';
import type { Block, Section } from '../../content/document.ts';
import { sentenceOf, shortList } from '../../content/words.ts';
import type { Finding } from '../../domain/finding.ts';
import { whyAndPage } from '../why.ts';
import { fixOf, pathProofsOf } from './evidence.ts';

type Proof = ReturnType<typeof pathProofsOf>[number];
type Side = Proof['blockedBy'][number];

const MOST_GROUPS = 5;

const hostOf = ({ host, address }: Side['packet']['from']): string => (address ? `${address} (${host})` : host);

function sideSection({ protocol, port }: Proof, { side, groupIds, packet, nearestMiss }: Side): Section[] {
  const does = side === 'egress' ? 'lets out' : 'lets in';
  const what = `${protocol} ${port} from ${hostOf(packet.from)} to ${hostOf(packet.to)}`;
  return section('side', `${side}: no rule of ${shortList(groupIds, MOST_GROUPS)} ${does} ${what}`, [
    paragraph(nearestMiss ? `nearest: ${nearestMiss.says}` : 'nearest: none, there is no such rule at all'),
  ]);
}

function proofSection(proof: Proof): Block[] {
  const { protocol, port, outcome, blockedBy, open, blocked } = proof;
  if (outcome !== 'blocked' && outcome !== 'some') return [];
  const whom = open && blocked ? `, ${outcomeOf(open, blocked)}` : '';
  const heading = `${protocol} ${port}: ${outcome === 'some' ? 'open to some only' : 'blocked'}${whom}`;
  return [{ kind: 'section', key: 'path', heading, blocks: blockedBy.flatMap((side) => sideSection(proof, side)) }];
}

const outcomeOf = (open: NonNullable<Proof['open']>, blocked: NonNullable<Proof['blocked']>): string =>
  `open from ${open.from.count} to ${open.to.count} hosts, blocked from ${blocked.from.count} to ${blocked.to.count}`;

function fixBlocks({ remedy, evidence }: Finding): Block[] {
  const { terraform, sideEffects } = fixOf(evidence);
  const fix = commandBlock(remedy.commands);
  return [
    ...(remedy.summary ? [{ kind: 'section', key: 'fix', heading: `Fix: ${remedy.summary}`, blocks: fix } as const] : fix),
    ...(terraform ? section('terraform', 'or as Terraform:', [{ kind: 'code', language: 'hcl', text: terraform }]) : []),
    ...sideEffects.map(({ label, before, after }) => paragraph(`It also makes ${label} ${after} (${before} today).`, 'warning')),
  ];
}

/** One finding about paths: what is blocked, the packet that fails, the rule that comes nearest, and what opens it. A fix, and why it matters, are not repeated: what is in `shown` was said above. */
export function pathFinding(finding: Finding, shown: Set<string>): Section {
  const fix = fixBlocks(finding);
  const key = JSON.stringify(fix);
  const isShown = shown.has(key);
  const why = shown.has(finding.ruleId) ? [] : whyAndPage(finding.ruleId);
  for (const each of [key, finding.ruleId]) shown.add(each);
  return {
    kind: 'section',
    key: 'finding',
    heading: `${finding.severity}: ${sentenceOf(finding)}`,
    blocks: [...pathProofsOf(finding.evidence).flatMap(proofSection), ...(isShown ? [paragraph('Fix: as above.')] : fix), ...why],
    tone: finding.severity === 'critical' ? 'bad' : 'warning',
  };
}
