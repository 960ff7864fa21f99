import { clean, cut } from '../../content/text.ts';

/** Why a call to Slack did nothing, how far that reaches, and what to do. */
export interface Failure {
  /** Slack's own code, or `unreachable`. */
  error: string;
  says: string;
  /** What else would fail the same way: nothing, everything in the channel, or everything; in doubt, the next message shows it. */
  reach: 'message' | 'channel' | 'everything' | 'in doubt';
}

const RATE_LIMITED: readonly string[] = ['ratelimited', 'rate_limited'];
const SECRET = 'in the Slack secret';
// https://docs.slack.dev/reference/methods/chat.postMessage and chat.update. Whatever is not here is about the one message.
const KNOWN: readonly (readonly [codes: readonly string[], reach: Failure['reach'], next: string])[] = [
  [
    ['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive', 'org_login_required', 'team_access_not_granted'],
    'everything',
    `install the app again, and put its bot token ${SECRET}`,
  ],
  [['missing_scope', 'no_permission', 'not_allowed_token_type', 'ekm_access_denied'], 'everything', 'give the app the scope chat:write'],
  [RATE_LIMITED, 'channel', 'nothing to do: Slack takes it later'],
  [['unreachable', 'fatal_error', 'internal_error', 'service_unavailable', 'request_timeout'], 'in doubt', 'see status.slack.com'],
  [['not_in_channel'], 'channel', 'invite the app to the channel: /invite @sgp-warden'],
  [['is_archived'], 'channel', `unarchive the channel, or name another one ${SECRET}`],
  [
    ['channel_not_found', 'restricted_action', 'posting_to_general_channel_denied', 'team_not_found', 'is_inactive'],
    'channel',
    `name a channel ${SECRET} by its id, and invite the app to it`,
  ],
];

export const OUT_OF_TIME: Failure = {
  error: 'out_of_time',
  reach: 'everything',
  says: 'Slack: no time left in this run; it goes out with the next one',
};

/** A failure by its code; `details` are of the connection. */
export function failureOf(error: string, details = ''): Failure {
  const code = cut(clean(error), 100);
  const [, reach = 'message', next = 'the log has the code; it is tried again'] = KNOWN.find(([codes]) => codes.includes(error)) ?? [];
  return { error: code, reach, says: `Slack: ${code}${details ? ` (${cut(clean(details), 200)})` : ''}; ${next}` };
}

/** What is wrong may have been mended in the secret by the next time: whoever holds it must ask for it again. */
export const isMendedInSecret = ({ error }: Failure): boolean =>
  KNOWN.some(([codes, , next]) => codes.includes(error) && next.includes(SECRET));

/** The message that was to be updated is not there any more, or not ours to change. */
export const isGone = ({ error }: Failure): boolean =>
  ['message_not_found', 'cant_update_message', 'edit_window_closed', 'thread_not_found'].includes(error);

/** Another try may do what this one did not: it was not about the message or its channel. */
export const isPassing = ({ error, reach }: Failure): boolean =>
  reach === 'everything' || reach === 'in doubt' || RATE_LIMITED.includes(error);
