import { randomBytes } from 'node:crypto';
import type { ActionsBlockElement, Button, Overflow, PlainTextOption, StaticSelect } from '@slack/types';
import type { SlackBlock, SlackMessage } from './message.ts';
import { shown } from './methods.ts';
import { APP, type Workspace } from './workspace.ts';

export interface Click {
  channel: string;
  ts: string;
  /** The action_id of the button or menu. */
  action: string;
  /** Of a menu: its option, by number or by what it says. */
  option?: number | string;
  /** The id of who clicks. */
  user: string;
  /** An earlier copy of the message: what a client shows that has not heard of the update yet. */
  from?: SlackMessage;
}

type Clickable = Button | StaticSelect | Overflow;

/** The body of what Slack sends when somebody clicks: a form with one field, JSON as PHP writes it. */
export function clickBody(workspace: Workspace, message: SlackMessage, click: Click, responseUrl: string): Buffer {
  const { blockId, element } = elementOf(message, click.action);
  const name = workspace.users.get(click.user) ?? click.user.toLowerCase();
  const clicked = { action_id: element.action_id, block_id: blockId, ...pressed(element, click), action_ts: workspace.nextTs() };
  const payload = {
    type: 'block_actions',
    user: { id: click.user, username: name, name, team_id: workspace.team },
    api_app_id: APP.appId,
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: false,
      ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    },
    trigger_id: `${Math.floor(workspace.now())}.${message.ts}.${randomBytes(16).toString('hex')}`,
    team: { id: workspace.team, domain: 'sandbox' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: message.channel, name: workspace.channels.get(message.channel)?.name },
    message: shown(message),
    state: { values: {} },
    response_url: responseUrl,
    actions: [clicked],
  };
  return Buffer.from(new URLSearchParams({ payload: phpJson(payload) }).toString());
}

function elementOf({ ts, blocks = [] }: SlackMessage, action: string): { blockId: string; element: Clickable } {
  const found = blocks.flatMap((block) => clickables(block).map((element) => ({ blockId: block.block_id ?? '', element })));
  const hit = found.find(({ element }) => element.action_id === action);
  if (hit) return hit;
  const there = found.map(({ element }) => element.action_id).join(', ') || 'nothing to click';
  throw new Error(`The message ${ts} has no ${action} to click. It has: ${there}.`);
}

/** The buttons and menus of a block. */
export function clickables(block: SlackBlock): Clickable[] {
  const elements = block.type === 'actions' ? block.elements : block.type === 'section' && block.accessory ? [block.accessory] : [];
  return elements.filter(isClickable);
}

const isClickable = (element: ActionsBlockElement | { type: string }): element is Clickable =>
  element.type === 'button' || element.type === 'static_select' || element.type === 'overflow';

function pressed(element: Clickable, { option }: Click): Record<string, unknown> {
  if (element.type !== 'button') {
    const selected = optionOf(element, option);
    return {
      type: element.type,
      ...(element.type === 'static_select' ? { placeholder: element.placeholder } : {}),
      selected_option: selected,
    };
  }
  if (option !== undefined) throw new Error(`${element.action_id} is a button, and has no options.`);
  const { type, text, value, style } = element;
  return { type, text, ...(value === undefined ? {} : { value }), ...(style ? { style } : {}) };
}

function optionOf({ action_id, options = [] }: StaticSelect | Overflow, option: number | string | undefined): PlainTextOption {
  const found = typeof option === 'number' ? options[option] : options.find(({ text }) => text.text === option);
  if (found) return found;
  throw new Error(`${action_id} has no option ${option}. It has: ${options.map(({ text }) => text.text).join(', ')}.`);
}

// Slack escapes slashes and all that is not ASCII: whoever parses and writes again gets other bytes.
const phpJson = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
