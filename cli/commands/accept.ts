import { clean } from '../../shared/content/text.ts';
import { ConfigError } from '../../shared/domain/errors.ts';
import type { AcceptanceAnswer } from '../../shared/findings/accept.ts';
import { acceptanceFields, acceptanceReport } from '../../shared/findings/report/accept-answer.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { printedJson } from '../../shared/render/json.ts';
import { terminal as asText } from '../../shared/render/terminal.ts';
import { type AcceptArguments, parseAccept } from '../accept-arguments.ts';
import { EXIT } from '../exit-code.ts';
import { explainFailure } from '../failure.ts';
import { openLedger, tableOf, targetsOfFile } from '../ledger.ts';
import { print } from '../output.ts';
import type { Command, World } from '../ports.ts';
import { viewOf } from '../view.ts';
import { ledgerAuditCommandLine } from './command-line.ts';
import { prepare } from './prepare.ts';
import { isNoSuchTable } from './undecided.ts';

const NOTHING = 'nothing was accepted: the ledger, or who is asking, could not be read';
const UNSURE = 'whether it was accepted is not known: an audit shows it, and accepting it once more does no harm';

/** `sgp-warden accept` */
export const acceptCommand: Command = async (argv, terminal, world) => {
  const { value: asked, problems } = parseAccept(argv);
  const { stdout, stderr, env } = terminal;
  // The finding's own region: its ledger and its account's credentials are asked there, wherever this is typed.
  const { region } = asked.target;
  await prepare({ regions: region === '' ? [] : [region], problems }, terminal, world);
  if (tableOf(asked.ledger) === undefined) await targetsOfFile(asked.ledger, world);
  let says = NOTHING;
  let answer: AcceptanceAnswer;
  try {
    const { store, accountId, by } = await look(asked, world);
    says = UNSURE;
    answer = await accept(asked, store, accountId, by, world);
  } catch (error) {
    if (isNoSuchTable(error)) throw error;
    const { cause, next } = explainFailure(error);
    await print(stderr, `sgp-warden: ${says} (exit 3).\n  cause: ${clean(cause)}\n  next:  ${clean(next)}\n`);
    return EXIT.incomplete;
  }
  const again = ledgerAuditCommandLine({ ledger: asked.ledger, region }, env);
  await print(
    stdout,
    asked.format === 'json'
      ? printedJson(acceptanceFields(answer))
      : asText([acceptanceReport(answer, asked.ledger, again)], viewOf(stdout, env)),
  );
  return answer.accepted ? EXIT.ok : EXIT.findings;
};

async function look({ target: { region }, ledger }: AcceptArguments, world: World) {
  const { accountId, arn } = await world.callerIdentity(region);
  const store = await openLedger(ledger, [region], world);
  if (!store) throw new ConfigError([`--ledger ${ledger}: no ledger could be opened.`]);
  return { store, accountId, by: arn };
}

/** In another account the same names are other things, and whoever asks may have no say in this one. */
async function accept(asked: AcceptArguments, store: LedgerStore, accountId: string, by: string, world: World): Promise<AcceptanceAnswer> {
  const { findingId, target, reason, owner, until } = asked;
  if (accountId !== target.accountId) {
    return { accepted: false, says: `the finding is of account ${target.accountId}, these credentials are of ${accountId}` };
  }
  return world.acceptFinding({ store, clock: world.clock }, target, { findingId, reason, owner, until, by });
}
