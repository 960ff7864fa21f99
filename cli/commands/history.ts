import { deletionsOf } from '../../shared/ledger/records.ts';
import type { Target } from '../../shared/model/finding.ts';
import { ConfigError } from '../../shared/runtime/errors.ts';
import { type HistoryArguments, parseHistory } from '../cleanup-arguments.ts';
import { EXIT } from '../exit-code.ts';
import { tableOf } from '../ledger.ts';
import { print } from '../output.ts';
import type { Command, Terminal, World } from '../ports.ts';
import { regionsFor } from '../region.ts';
import { type Deleted, historyJson, historyTable } from '../render/history.ts';
import { recreationText } from '../render/recreation.ts';
import { colourOf, columnsOf } from '../render/style.ts';

/** `sgp-warden history` */
export const historyCommand: Command = async (argv, terminal, world) => {
  const { value: asked, problems } = parseHistory(argv);
  if (problems.length > 0) throw new ConfigError(problems);
  const deletions = await deletionsIn(asked, await targetsOf(asked, terminal, world), world);
  const { stdout, env } = terminal;
  if (asked.recreate !== undefined) await print(stdout, recreationText(find(asked.recreate, deletions, asked), asked.format));
  else if (asked.format === 'json') await print(stdout, historyJson(asked.ledger, deletions));
  else await print(stdout, historyTable(asked.ledger, deletions, { columns: columnsOf(stdout), colour: colourOf(stdout, env) }));
  return EXIT.ok;
};

/** Whose deletions are looked up. A file knows by itself, and needs no AWS; a table holds them by account and region. */
async function targetsOf(asked: HistoryArguments, { env }: Terminal, world: World): Promise<readonly Target[]> {
  if (tableOf(asked.ledger) === undefined) {
    const { problems } = asked.regions.length > 0 ? await regionsFor(asked.regions, env, world.profileRegion) : { problems: [] };
    if (problems.length > 0) throw new ConfigError(problems);
    const targets = await world.fileTargets(asked.ledger);
    if (targets.length > 0) return targets.filter(({ region }) => asked.regions.length === 0 || asked.regions.includes(region));
    throw new ConfigError([`ledger ${asked.ledger}: there is no such file, or nothing in it. Give the ledger that the cleanup used.`]);
  }
  const { regions, problems } = await regionsFor(asked.regions, env, world.profileRegion);
  if (problems.length > 0) throw new ConfigError(problems);
  const region = regions[0] ?? '';
  return [{ accountId: await world.callerAccount(region), region }];
}

async function deletionsIn({ ledger }: HistoryArguments, targets: readonly Target[], world: World): Promise<Deleted[]> {
  const all: Deleted[] = [];
  for (const target of targets) {
    const store = await world.openLedger(ledger, target.region);
    all.push(...deletionsOf(await store.load(target)).map((record) => ({ target, record })));
  }
  return all;
}

function find(id: string, deletions: readonly Deleted[], { ledger }: HistoryArguments): Deleted {
  const found = deletions.find(({ record }) => record.interfaceId === id);
  if (!found)
    throw new ConfigError([`--recreate ${id}: ledger ${ledger} records no deletion of it. \`history\` without --recreate lists them.`]);
  return found;
}
