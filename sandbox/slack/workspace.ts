import { randomBytes } from 'node:crypto';
import type { Content, Ephemeral, SlackMessage } from './message.ts';
import { refusal } from './refusal.ts';

export interface GivenChannel {
  id: string;
  name: string;
  isArchived?: boolean;
  /** Whether the app is in it: true unless said otherwise. */
  isMember?: boolean;
}

export interface Channel {
  id: string;
  name: string;
  isArchived: boolean;
  isMember: boolean;
  /** In the order of their ts; replies too. */
  messages: SlackMessage[];
  /** The ts of what people deleted. */
  deleted: Set<string>;
}

export const APP = { userId: 'U0SANDBOXAPP', botId: 'B0SANDBOX', appId: 'A0SANDBOX', name: 'sandbox' } as const;

/** What is in Slack. */
export interface Workspace {
  team: string;
  now: () => number;
  channels: Map<string, Channel>;
  users: Map<string, string>;
  ephemerals: Ephemeral[];
  /** The next ts: seconds and microseconds, never the same twice. */
  nextTs: () => string;
}

/** A workspace with channels and people, and nothing said yet. */
export function createWorkspace(given: {
  team: string;
  now: () => number;
  channels: readonly GivenChannel[];
  users: readonly { id: string; name: string }[];
}): Workspace {
  let last = 0;
  return {
    team: given.team,
    now: given.now,
    channels: new Map(
      given.channels.map(({ id, name, isArchived = false, isMember = true }) => [
        id,
        { id, name, isArchived, isMember, messages: [], deleted: new Set() },
      ]),
    ),
    users: new Map([[APP.userId, APP.name] as const, ...given.users.map(({ id, name }) => [id, name] as const)]),
    ephemerals: [],
    nextTs: () => {
      last = Math.max(last + 1, Math.floor(given.now()) * 1000);
      return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
    },
  };
}

/** The channel that the app may write to. */
export function writable({ channels }: Workspace, id: string, archived = 'is_archived'): Channel {
  const channel = channels.get(id);
  if (!channel) throw refusal('channel_not_found', `there is no channel ${id}`);
  if (channel.isArchived) throw refusal(archived, `the channel ${id} is archived`);
  if (!channel.isMember) throw refusal('not_in_channel', `the app is not in the channel ${id}`);
  return channel;
}

/** The channel and the message that the story is about; a missing one is a mistake of the story. */
export function existing({ channels }: Workspace, channelId: string, ts?: string): { channel: Channel; message: SlackMessage | undefined } {
  const channel = channels.get(channelId);
  if (!channel) throw new Error(`Slack has no channel ${channelId}. It has: ${[...channels.keys()].join(', ') || 'none'}.`);
  const message = channel.messages.find((each) => each.ts === ts);
  if (ts !== undefined && !message) throw new Error(`The channel ${channelId} has no message ${ts}.`);
  return { channel, message };
}

/** Blocks and elements get ids where they have none, as Slack gives them. */
export function withIds(content: Content): Content {
  if (!content.blocks) return content;
  const blocks = structuredClone(content.blocks);
  for (const block of blocks) {
    block.block_id ??= newId();
    const elements = block.type === 'actions' ? block.elements : block.type === 'section' && block.accessory ? [block.accessory] : [];
    for (const element of elements) if (element.type !== 'image') element.action_id ??= newId();
  }
  return { ...content, blocks };
}

const newId = (): string => randomBytes(4).toString('base64url').slice(0, 5);
