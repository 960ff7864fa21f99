import { count } from '../../shared/content/words.ts';
import { ConfigError } from '../../shared/domain/errors.ts';
import type { Target } from '../../shared/domain/finding.ts';
import { stateOf } from '../../shared/ledger/kind.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import type { ProposedPlan } from '../../shared/plans/plan.ts';
import { PLAN, planKey } from '../../shared/plans/record.ts';
import { type Answered, answerReport } from '../../shared/plans/report/answer.ts';
import { proposedReport } from '../../shared/plans/report/proposed.ts';
import { decisionFields } from '../../shared/plans/report/proposed-machine.ts';
import { printedJson } from '../../shared/render/json.ts';
import { terminal as asText } from '../../shared/render/terminal.ts';
import { canAsk, confirm } from '../ask.ts';
import { type DecisionArguments, parseDecision } from '../decision-arguments.ts';
import { EXIT } from '../exit-code.ts';
import { openLedger, tableOf, targetsOfFile } from '../ledger.ts';
import { print } from '../output.ts';
import type { Command, Stream, Terminal, World } from '../ports.ts';
import { viewOf } from '../view.ts';
import { decisionCommandLine, historyCommandLine, ledgerAuditCommandLine } from './command-line.ts';
import { prepare } from './prepare.ts';
import { isNoSuchTable, unreadText, unsureText } from './undecided.ts';

type Verdict = 'approve' | 'reject';

interface Question {
  verdict: Verdict;
  asked: DecisionArguments;
  region: string;
  terminal: Terminal;
  world: World;
}

/** What is known before anything is decided. */
interface Known {
  store: LedgerStore;
  target: Target;
  /** Who asks. */
  by: string;
  /** The plan that the ledger has, whichever round it is in. */
  plan: ProposedPlan | undefined;
}

/** `sgp-warden approve` */
export const approveCommand: Command = (argv, terminal, world) => decide('approve', argv, terminal, world);

/** `sgp-warden reject` */
export const rejectCommand: Command = (argv, terminal, world) => decide('reject', argv, terminal, world);

async function decide(verdict: Verdict, argv: readonly string[], terminal: Terminal, world: World): Promise<number> {
  const { value: asked, problems } = parseDecision(verdict, argv);
  const { regions } = await prepare({ regions: asked.regions, problems }, terminal, world);
  // Without a problem there is exactly one region: --region may be given once.
  const question: Question = { verdict, asked, region: regions[0] ?? '', terminal, world };
  // A plan that is looked for where nothing is would be refused, and that recorded, in a new file.
  if (tableOf(asked.ledger) === undefined) await targetsOfFile(asked.ledger, world);
  let known: Known;
  try {
    known = await look(question);
  } catch (error) {
    if (isNoSuchTable(error)) throw error;
    await print(terminal.stderr, unreadText(verdict, error));
    return EXIT.incomplete;
  }
  if (!(await isConfirmed(question, known))) return EXIT.findings;
  return record(question, known);
}

async function look({ asked, region, world }: Question): Promise<Known> {
  const { accountId, arn } = await world.callerIdentity(region);
  const target = { accountId, region };
  const store = await openLedger(asked.ledger, [region], world);
  if (!store) throw new ConfigError([`--ledger ${asked.ledger}: no ledger could be opened.`]);
  return { store, target, by: arn, plan: await planIn(store, target, asked.plan) };
}

async function planIn(store: LedgerStore, target: Target, id: string): Promise<ProposedPlan | undefined> {
  const key = planKey(id);
  const found = await store.get(target, key);
  return stateOf(found, PLAN)?.plan;
}

/** Whether an answer could be taken. What could not is refused without a question, and recorded as asked for. */
function isOpenTo(verdict: Verdict, id: string, plan: ProposedPlan | undefined, now: Date): plan is ProposedPlan {
  if (plan?.id !== id) return false;
  return plan.status === 'waiting' ? now.getTime() < Date.parse(plan.expiresAt) : plan.status === 'approved' && verdict === 'reject';
}

/** A plan on a stream, as whoever answers it must have seen it. */
const shown = (plan: ProposedPlan, target: Target, stream: Stream, { terminal: { env } }: Question): string =>
  asText([proposedReport(plan, target)], viewOf(stream, env));

/** Shows the plan and asks once, where somebody can be asked. */
async function isConfirmed(question: Question, { plan, target }: Known): Promise<boolean> {
  const { verdict, asked, terminal, world } = question;
  const { stdout, stderr } = terminal;
  const isTable = asked.format === 'table';
  if (plan && isTable) await print(stdout, shown(plan, target, stdout, question));
  if (!isOpenTo(verdict, asked.plan, plan, world.clock()) || !canAsk(terminal)) return true;
  // Whoever is asked has seen it, wherever the result goes.
  if (!isTable || !stdout.isTTY) await print(stderr, shown(plan, target, stderr, question));
  const n = plan.plan.deletions.length;
  const which = n === 1 ? 'this interface' : `these ${count(n, 'interface')}`;
  if (await confirm(`${verdict === 'approve' ? 'Approve' : 'Reject'} the deletion of ${which}?`, terminal, world)) return true;
  await print(stderr, `not confirmed: nothing was ${verdict === 'approve' ? 'approved' : 'rejected'}.\n`);
  if (!isTable) await print(stdout, printedJson(decisionFields({ accepted: false, plan, says: 'not confirmed: nothing was recorded' })));
  return false;
}

async function record(question: Question, { store, target, by, plan: before }: Known): Promise<number> {
  const { verdict, asked, region, terminal, world } = question;
  const { stdout, env } = terminal;
  const place = { ledger: asked.ledger, region };
  let answered: Answered;
  try {
    const answer = await world.decidePlan({ store, clock: world.clock }, { target, plan: asked.plan, verdict, by, via: 'cli' });
    answered = { ...answer, verdict };
  } catch (error) {
    const now = await planIn(store, target, asked.plan).catch(() => null);
    await print(terminal.stderr, unsureText(verdict, error, before, now, historyCommandLine(place, env)));
    return EXIT.incomplete;
  }
  const again = {
    audit: ledgerAuditCommandLine(place, env),
    history: historyCommandLine(place, env),
    reject: decisionCommandLine('reject', { ...place, plan: asked.plan }, env),
  };
  const table = () => `${before ? '\n' : ''}${asText([answerReport(answered, asked.ledger, again)], viewOf(stdout, env))}`;
  await print(stdout, asked.format === 'json' ? printedJson(decisionFields(answered)) : table());
  return answered.accepted ? EXIT.ok : EXIT.findings;
}
