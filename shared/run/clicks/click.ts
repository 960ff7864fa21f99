// A request at the address that Slack sends clicks to. Anybody can send one, so it is verified before anything else; what a click then may
// do is decided by the ledger alone. What it asks for is done by whoever reads the queues.

import { messageOf } from '../../aws/errors.ts';
import { SLACK_MESSAGE } from '../../channels/slack/record.ts';
import type { Target } from '../../domain/finding.ts';
import type { Logger } from '../../domain/log.ts';
import type { ClickRecord, SlackMessage } from '../../domain/slack.ts';
import { stateOf } from '../../ledger/kind.ts';
import { countUnverified, recordClick } from './click-record.ts';
import { decideInSlack } from './decide.ts';
import { type Asked, type ClickDeps, sent, type Worked } from './ports.ts';
import { parseSlackAction, type SlackAction } from './slack-action.ts';
import { type SlackRequest, type Verified, verifySlackRequest } from './slack-signature.ts';
import { snoozeInSlack } from './snooze.ts';

const UNSURE =
  'Whether your click counted is not known: the ledger could not be read or written. Click again; a second click does no harm.';
const EARLIER = 'this button is of an earlier state; look at the message as it is now';

/**
 * Answers a request. 401: Slack did not sign it. 200: a click was taken or refused, is recorded, and whoever clicked was told. Throws when
 * the secret or the ledger could not be read or written.
 */
export async function workClick(deps: ClickDeps, request: SlackRequest, log: Logger): Promise<{ statusCode: number; body: string }> {
  const verified = await verify(deps, request, log);
  if (!verified.ok) {
    await countUnverified(deps, verified, log);
    return { statusCode: 401, body: `refused: ${verified.says}\n` };
  }
  const parsed = parseSlackAction(request.body);
  const { by, action, responseUrl } = parsed.ok ? parsed.value : parsed.from;
  try {
    const refusal = parsed.ok ? undefined : parsed.says;
    const worked = parsed.ok ? await work(deps, parsed.value, log) : await refuse(deps, deps.home, { by, action }, refusal ?? '');
    log.info('click', { by, action, ...worked });
    await tell(deps, responseUrl, worked.says, log);
  } catch (error) {
    await tell(deps, responseUrl, UNSURE, log);
    throw error;
  }
  return { statusCode: 200, body: '' };
}

/** Against the secret as it is now, where it was replaced since it was read. */
async function verify(deps: ClickDeps, request: SlackRequest, log: Logger): Promise<Verified> {
  const { signingSecret } = await deps.secret();
  const verified = verifySlackRequest(request, signingSecret, deps.clock());
  if (verified.ok || verified.reason !== 'forged') return verified;
  try {
    const now = await deps.secretAgain();
    return now.signingSecret === signingSecret ? verified : verifySlackRequest(request, now.signingSecret, deps.clock());
  } catch (error) {
    log.warn('the Slack secret could not be read again', { reason: messageOf(error) });
    return verified;
  }
}

async function work(deps: ClickDeps, click: SlackAction, log: Logger): Promise<Worked> {
  const { region, message: id, nonce } = click.pressed;
  const target = { accountId: deps.home.accountId, region };
  if (!deps.regions.includes(region)) return refuse(deps, deps.home, click, `this stack does not audit ${region}`);
  const message = await messageAt(deps, target, id);
  if (!message) return refuse(deps, target, click, 'this message is no longer in the ledger');
  const { question } = message;
  if (question?.nonce !== nonce) return refuse(deps, target, click, EARLIER, message.about);
  const { of } = question;
  const asked = { click, target, message };
  const { action } = click;
  if (action === 'evidence') return askForEvidence(deps, { ...asked, of }, log);
  if (action === 'snooze' && of.kind === 'finding') return snoozeInSlack(deps, { ...asked, of }, log);
  if (action !== 'snooze' && of.kind === 'plan') return decideInSlack(deps, { ...asked, of }, action, log);
  return refuse(deps, target, click, `there is nothing to ${action} about this message`, message.about);
}

async function messageAt({ store }: ClickDeps, target: Target, id: string): Promise<SlackMessage | undefined> {
  const record = await store.get(target, SLACK_MESSAGE.key(id));
  return stateOf(record, SLACK_MESSAGE);
}

/**
 * Anybody who sees the message may see what it rests on: once a minute. It is several messages in the thread, and audits wait behind it in
 * the queue, so whoever presses on must not ask for more.
 */
async function askForEvidence(deps: ClickDeps, { click: { by }, target, message }: Asked, log: Logger): Promise<Worked> {
  const of = { by, action: 'evidence', about: message.about } as const;
  const id = `evidence/${message.id}/${deps.clock().toISOString().slice(0, 16)}`;
  if (!(await recordClick(deps, target, { ...of, accepted: true, says: 'the evidence was asked for' }, { id }))) {
    await recordClick(deps, target, { ...of, accepted: false, says: 'it was asked for in that minute already' });
    return { accepted: false, says: 'The evidence was asked for a moment ago: it follows in the thread.' };
  }
  if (await sent(deps.askForAudit({ kind: 'evidence', ...target, message: message.id, by }), 'evidence', log))
    return { accepted: true, says: 'The evidence follows in the thread.' };
  await recordClick(deps, target, { ...of, accepted: false, says: 'the queue did not take it' }, { id, again: true });
  return { accepted: false, says: 'The evidence could not be asked for; click again in a minute.' };
}

async function refuse(
  deps: ClickDeps,
  target: Target,
  { by, action }: Pick<ClickRecord, 'by' | 'action'>,
  says: string,
  about = '-',
): Promise<Worked> {
  await recordClick(deps, target, { by, action, about, accepted: false, says });
  return { accepted: false, says: `Nothing was done: ${says}.` };
}

/** It changes nothing whether that is heard. */
async function tell({ respond }: ClickDeps, responseUrl: string | undefined, says: string, log: Logger): Promise<void> {
  try {
    if (responseUrl !== undefined) await respond(responseUrl, says);
  } catch (error) {
    log.warn('whoever clicked could not be told', { reason: messageOf(error) });
  }
}
