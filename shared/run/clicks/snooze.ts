// A choice of Snooze: one conditional write of an acceptance for some days, of the finding as the message told it.
import { clean } from '../../content/text.ts';
import { count } from '../../content/words.ts';
import type { Logger } from '../../domain/log.ts';
import type { Asked as OfMessage } from '../../domain/slack.ts';
import { acceptFinding } from '../../findings/accept.ts';
import { recordClick } from './click-record.ts';
import { type Asked, all, type ClickDeps, mayDecide, notAnApprover, sent, type Worked } from './ports.ts';

const DAY_MS = 86_400_000;
const MOST_CHARACTERS = 80;

/** Snoozes a finding, or says why not. Either way the click is recorded. */
export async function snoozeInSlack(
  deps: ClickDeps,
  { click, target, of }: Asked<Extract<OfMessage, { kind: 'finding' }>>,
  log: Logger,
): Promise<Worked> {
  const { accepted, says } = mayDecide(deps, click)
    ? await snooze(deps, { click, target, of })
    : { accepted: false, says: notAnApprover(click) };
  const record = recordClick(deps, target, { by: click.by, action: 'snooze', about: of.findingId, accepted, says });
  if (!accepted) {
    await record;
    return { accepted, says: `Not snoozed: ${says}.` };
  }
  const audit = sent(deps.askForAudit({ kind: 'sweep', trigger: 'click', ...target }), 'sweep', log);
  await all(record, audit);
  return { accepted, says: `Snoozed: ${says}.${(await audit) ? '' : ' The next audit, within half an hour, takes it into account.'}` };
}

type Snoozed = Pick<Asked<Extract<OfMessage, { kind: 'finding' }>>, 'click' | 'target' | 'of'>;

function snooze({ store, clock }: ClickDeps, { click, target, of }: Snoozed): Promise<Worked> {
  const days = click.pressed.days ?? 0;
  return acceptFinding({ store, clock }, target, {
    findingId: of.findingId,
    reason: `snoozed for ${count(days, 'day')} in Slack`,
    owner: [...clean(click.name).trim()].slice(0, MOST_CHARACTERS).join('') || click.userId,
    by: click.by,
    until: new Date(clock().getTime() + days * DAY_MS),
    clickedOn: { meaning: of.meaning },
  });
}
