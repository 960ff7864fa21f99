import { type Arguments, checkNames, flagOf, textOf } from './arguments.ts';
import { contentOf } from './content.ts';
import type { SlackMessage } from './message.ts';
import { refusal } from './refusal.ts';
import { APP, type Channel, type Workspace, withIds, writable } from './workspace.ts';

export type Answer = Readonly<Record<string, unknown>>;

const UNFURL = ['unfurl_links', 'unfurl_media'];

/** The methods of the Web API that the sandbox has. */
export const METHODS: Readonly<Record<string, (args: Arguments, workspace: Workspace) => Answer>> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.postEphemeral': postEphemeral,
  'auth.test': authTest,
};

function postMessage(args: Arguments, workspace: Workspace): Answer {
  checkNames(args, { needs: ['channel'], takes: ['text', 'blocks', 'thread_ts', 'reply_broadcast', 'mrkdwn', 'parse', ...UNFURL] });
  for (const name of UNFURL) flagOf(args, name);
  const channel = writable(workspace, textOf(args, 'channel') ?? '');
  const content = withIds(contentOf(args));
  const parent = parentOf(args, channel);
  const broadcast = flagOf(args, 'reply_broadcast') ?? false;
  if (broadcast && args.thread_ts === undefined) throw refusal('invalid_arguments', 'reply_broadcast without thread_ts');
  const message: SlackMessage = {
    type: 'message',
    channel: channel.id,
    ts: workspace.nextTs(),
    user: APP.userId,
    bot_id: APP.botId,
    app_id: APP.appId,
    team: workspace.team,
    ...content,
    ...(parent ? { thread_ts: parent.ts } : {}),
    ...(parent && broadcast ? { subtype: 'thread_broadcast' } : {}),
  };
  channel.messages.push(message);
  return { channel: channel.id, ts: message.ts, message: shown(message) };
}

/** The message that is replied to. A deleted one makes the reply a message of its own, and Slack says nothing: so does the sandbox. */
function parentOf(args: Arguments, { id, messages, deleted }: Channel): SlackMessage | undefined {
  const ts = textOf(args, 'thread_ts');
  if (ts === undefined) return undefined;
  if (!/^\d{1,12}\.\d{6}$/.test(ts)) throw refusal('invalid_thread_ts', `${ts} is not a valid thread_ts`);
  const parent = messages.find((message) => message.ts === ts);
  if (!parent && !deleted.has(ts)) throw refusal('thread_not_found', `the channel ${id} never had a message ${ts}`);
  if (parent?.thread_ts !== undefined) throw refusal('cannot_reply_to_message', `${ts} is a reply; its parent is ${parent.thread_ts}`);
  return parent;
}

function update(args: Arguments, workspace: Workspace): Answer {
  checkNames(args, { needs: ['channel', 'ts'], takes: ['text', 'blocks', 'parse'] });
  const channel = writable(workspace, textOf(args, 'channel') ?? '', 'is_inactive');
  const ts = textOf(args, 'ts');
  const message = channel.messages.find((each) => each.ts === ts);
  if (!message) throw refusal('message_not_found', `the channel ${channel.id} has no message ${ts}`);
  if (message.bot_id !== APP.botId) throw refusal('cant_update_message', `${ts} is not the app's`);
  // Blocks that are not sent stay, with their buttons.
  Object.assign(message, withIds(contentOf(args)), { edited: { user: APP.userId, ts: workspace.nextTs() } });
  return { channel: channel.id, ts, text: message.text, message: shown(message) };
}

function postEphemeral(args: Arguments, workspace: Workspace): Answer {
  checkNames(args, { needs: ['channel', 'user'], takes: ['text', 'blocks', 'thread_ts', 'parse'] });
  const channel = writable(workspace, textOf(args, 'channel') ?? '');
  const user = textOf(args, 'user') ?? '';
  if (!workspace.users.has(user)) throw refusal('user_not_in_channel', `there is no user ${user}`);
  const content = withIds(contentOf(args));
  const parent = parentOf(args, channel);
  workspace.ephemerals.push({
    channel: channel.id,
    user,
    via: 'chat.postEphemeral',
    at: workspace.now(),
    ...content,
    ...(parent ? { thread_ts: parent.ts } : {}),
  });
  return { message_ts: workspace.nextTs() };
}

function authTest(args: Arguments, { team }: Workspace): Answer {
  checkNames(args, { needs: [], takes: [] });
  const url = 'https://sandbox.slack.com/';
  return { url, team: 'Sandbox', user: APP.name, team_id: team, user_id: APP.userId, bot_id: APP.botId, is_enterprise_install: false };
}

/** A message as answers and clicks hold it. */
export function shown({ channel: _, mrkdwn: __, parse: ___, ...message }: SlackMessage): Record<string, unknown> {
  return structuredClone(message);
}
