// What a click in Slack says: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
import * as v from 'valibot';
import { CLICK_ACTIONS, type ClickAction, type Pressed, pressedOf, SNOOZE_DAYS, slackUser } from '../../domain/slack.ts';

/** Who pressed what. */
export interface SlackAction {
  userId: string;
  /** As people know them; they choose it themselves. */
  name: string;
  /** As `slackUser` names them. */
  by: string;
  action: ClickAction;
  pressed: Pressed;
  /** Where whoever clicked can be answered. It is a secret: whoever has it can write there. */
  responseUrl: string;
}

/** `from`: what could be read all the same, to be recorded and answered. */
export type ParsedAction =
  | { ok: true; value: SlackAction }
  | { ok: false; says: string; from: { by: string; action: ClickAction | 'unknown'; responseUrl?: string } };

const ID = v.pipe(v.string(), v.regex(/^[UW][A-Z0-9]{2,20}$/));
const TEAM = v.pipe(v.string(), v.regex(/^[TE][A-Z0-9]{2,20}$/));
const USER = v.object({ id: ID, username: v.optional(v.string()), name: v.optional(v.string()), team_id: TEAM });
// Slack sends one click at a time; of two nobody could say which is meant.
const onlyOne = <T>(each: v.GenericSchema<unknown, T>) =>
  v.pipe(
    v.array(each),
    v.check((all) => all.length === 1),
    v.transform(([one]) => one as T),
  );
const CHOSEN = v.object({ value: v.string() });
const ACTION = v.object({
  action_id: v.picklist(CLICK_ACTIONS),
  value: v.optional(v.string()),
  selected_option: v.optional(v.nullable(CHOSEN)),
});
const CLICK = v.object({
  type: v.literal('block_actions'),
  user: USER,
  actions: onlyOne(ACTION),
  response_url: v.string(),
});

/** The click in the body of a request that Slack signed, or why it is none of ours. */
export function parseSlackAction(body: Buffer): ParsedAction {
  const payload = payloadOf(body);
  if (!payload.ok) return { ok: false, says: payload.says, from: { by: '-', action: 'unknown' } };
  const parsed = v.safeParse(CLICK, payload.json);
  const from = fromOf(payload.json);
  if (!parsed.success) {
    const at = parsed.issues.map((issue) => v.getDotPath(issue) ?? 'all of it');
    return { ok: false, says: `it is no click on a button of this app (${[...new Set(at)].join(', ')})`, from };
  }
  const { user, actions: clicked, response_url: responseUrl } = parsed.output;
  const { action_id: action, value, selected_option: chosen } = clicked;
  const pressed = pressedOf(value ?? chosen?.value ?? '');
  if (!pressed) return { ok: false, says: "the button's value is none of this app's", from };
  if (!fits(action, pressed)) return { ok: false, says: `the value is not one of a button to ${action}`, from };
  const name = nameOf(user);
  return { ok: true, value: { userId: user.id, name, by: slackUser(user.team_id, user.id, name), action, pressed, responseUrl } };
}

const nameOf = ({ username, name, id }: v.InferOutput<typeof USER>): string => username || name || id;

const fits = (action: ClickAction, { days }: Pressed): boolean =>
  action === 'snooze' ? SNOOZE_DAYS.some((each) => each === days) : days === undefined;

type Payload = { ok: true; json: unknown } | { ok: false; says: string };

/** The one field of the form, as JSON. */
function payloadOf(body: Buffer): Payload {
  const text = utf8(body);
  if (text === undefined) return { ok: false, says: 'the body is not UTF-8 text' };
  const [[name, payload] = [], ...more] = [...new URLSearchParams(text)];
  if (name !== 'payload' || payload === undefined || more.length > 0) return { ok: false, says: 'the body is not one field payload' };
  try {
    return { ok: true, json: JSON.parse(payload) };
  } catch {
    // Without the parser's own words: they quote the text, and a response_url stands in it.
    return { ok: false, says: 'the payload is not JSON' };
  }
}

function utf8(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** Who clicked, on what, and where they can be answered, as far as it can be told. */
function fromOf(json: unknown) {
  const user = v.safeParse(v.object({ user: USER }), json);
  const action = v.safeParse(v.object({ actions: onlyOne(v.object({ action_id: v.picklist(CLICK_ACTIONS) })) }), json);
  const url = v.safeParse(v.object({ response_url: v.string() }), json);
  return {
    by: user.success ? slackUser(user.output.user.team_id, user.output.user.id, nameOf(user.output.user)) : '-',
    action: action.success ? action.output.actions.action_id : ('unknown' as const),
    ...(url.success ? { responseUrl: url.output.response_url } : {}),
  };
}
