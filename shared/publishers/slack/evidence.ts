// What somebody who asks is shown: not a summary, but every point that the ledger keeps.

import { minuteOf } from '../../content/time.ts';
import { count } from '../../content/words.ts';
import type { FindingState, Target } from '../../model/finding.ts';
import type { ProposedPlan } from '../../model/plan.ts';
import { auditCommand, historyCommand } from '../command-line.ts';
import { fallback } from './blocks.ts';
import { findingEvidence } from './finding-evidence.ts';
import type { SlackText } from './message.ts';
import { firstPages } from './pages.ts';
import { usersAmong } from './people.ts';
import { planEvidence } from './plan-evidence.ts';
import { code, type Line, line, richText } from './rich-text.ts';

const MOST_MESSAGES = 5;

/** What evidence is asked of. */
export type EvidenceOf = { finding: FindingState; target: Target } | { plan: ProposedPlan; target: Target };

/** Everything that the ledger knows of a finding or a plan, as of now, for whoever asked. */
export function evidenceMessages(of: EvidenceOf, at: Date, by: string): SlackText[] {
  const told = 'plan' in of ? planEvidence(of.plan, of.target) : findingEvidence(of.finding, of.target);
  const first = line('', `Evidence as of ${minuteOf(at.toISOString())}, asked for by ${by}`, usersAmong([by]));
  const pages = firstPages([first, ...told.lines], MOST_MESSAGES, (left) => restLines(left, commandsOf(of)));
  const text = fallback(`Evidence: ${told.about}`);
  return pages.map((page) => ({ text, blocks: richText(page) }));
}

function restLines(left: number, commands: readonly string[]): Line[] {
  const says = `… and ${count(left, 'more line')} left out.`;
  return [line('', commands.length > 0 ? `${says} This shows all of it:` : says), ...commands.map(code)];
}

/** The commands that show it all. The ledger of a finding is not known here. */
function commandsOf(of: EvidenceOf): string[] {
  const { region } = of.target;
  if ('finding' in of) return auditCommand(region, of.finding.finding.cluster);
  const { cluster, ledger, result } = of.plan;
  return result ? historyCommand(ledger, region) : auditCommand(region, cluster === '-' ? null : cluster, ledger);
}
