import { CLICK } from '../../shared/channels/slack/record.ts';
import { ConfigError } from '../../shared/domain/errors.ts';
import type { Target } from '../../shared/domain/finding.ts';
import { compare } from '../../shared/findings/order.ts';
import { ACCEPTANCE } from '../../shared/findings/record.ts';
import { newestFirst, statesOf } from '../../shared/ledger/kind.ts';
import { DECISION, DELETION, PLAN } from '../../shared/plans/record.ts';
import { historyReport } from '../../shared/plans/report/history.ts';
import { historyFields } from '../../shared/plans/report/history-machine.ts';
import type { AcceptedOf, Clicked, Decided, Deleted, History, Planned } from '../../shared/plans/report/history-model.ts';
import { printedJson } from '../../shared/render/json.ts';
import { terminal as asText } from '../../shared/render/terminal.ts';
import { type HistoryArguments, parseHistory } from '../cleanup-arguments.ts';
import { EXIT } from '../exit-code.ts';
import { tableOf, targetsOfFile } from '../ledger.ts';
import { print } from '../output.ts';
import type { Command, Terminal, World } from '../ports.ts';
import { regionsFor } from '../region.ts';
import { viewOf } from '../view.ts';
import { recreationText } from './recreate.ts';

/** `sgp-warden history` */
export const historyCommand: Command = async (argv, terminal, world) => {
  const { value: asked, problems } = parseHistory(argv);
  if (problems.length > 0) throw new ConfigError(problems);
  const history = await historyIn(asked, await targetsOf(asked, terminal, world), world);
  const { stdout, env } = terminal;
  if (asked.recreate !== undefined) await print(stdout, recreationText(find(asked.recreate, history, asked), asked.format));
  else
    await print(
      stdout,
      asked.format === 'json' ? printedJson(historyFields(history)) : asText([historyReport(history)], viewOf(stdout, env)),
    );
  return EXIT.ok;
};

/** Whose records are looked up. A file knows by itself, and needs no AWS; a table holds them by account and region. */
async function targetsOf(asked: HistoryArguments, { env }: Terminal, world: World): Promise<readonly Target[]> {
  if (tableOf(asked.ledger) === undefined) {
    const { problems } = asked.regions.length > 0 ? await regionsFor(asked.regions, env, world.profileRegion) : { problems: [] };
    if (problems.length > 0) throw new ConfigError(problems);
    const targets = await targetsOfFile(asked.ledger, world);
    return targets.filter(({ region }) => asked.regions.length === 0 || asked.regions.includes(region));
  }
  const { regions, problems } = await regionsFor(asked.regions, env, world.profileRegion);
  if (problems.length > 0) throw new ConfigError(problems);
  const region = regions[0] ?? '';
  return [{ accountId: (await world.callerIdentity(region)).accountId, region }];
}

async function historyIn({ ledger }: HistoryArguments, targets: readonly Target[], world: World): Promise<History> {
  const deletions: Deleted[] = [];
  const plans: Planned[] = [];
  const decisions: Decided[] = [];
  const acceptances: AcceptedOf[] = [];
  const clicks: Clicked[] = [];
  for (const target of targets) {
    const records = await (await world.openLedger(ledger, target.region)).load(target);
    deletions.push(...newestFirst(records, DELETION).map((record) => ({ target, record })));
    const proposed = statesOf(records, PLAN).toSorted((a, b) => compare(b.plan.proposedAt, a.plan.proposedAt));
    plans.push(...proposed.map(({ plan }) => ({ target, plan })));
    decisions.push(...newestFirst(records, DECISION).map((decision) => ({ target, decision })));
    acceptances.push(...newestFirst(records, ACCEPTANCE).map((acceptance) => ({ target, acceptance })));
    clicks.push(...newestFirst(records, CLICK).map((click) => ({ target, click })));
  }
  return { ledger, deletions, plans, decisions, acceptances, clicks };
}

function find(id: string, { deletions }: History, { ledger }: HistoryArguments): Deleted {
  const found = deletions.find(({ record }) => record.interfaceId === id);
  if (!found)
    throw new ConfigError([`--recreate ${id}: ledger ${ledger} records no deletion of it. \`history\` without --recreate lists them.`]);
  return found;
}
