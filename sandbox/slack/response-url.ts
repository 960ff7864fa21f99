import { randomBytes } from 'node:crypto';
import { type Arguments, checkNames, flagOf, textOf } from './arguments.ts';
import { contentOf } from './content.ts';
import { refusal } from './refusal.ts';
import { type Workspace, withIds } from './workspace.ts';

// https://docs.slack.dev/interactivity/handling-user-interaction: up to 5 times within 30 minutes.
const USES = 5;
const MINUTES = 30;

/** Where one click may be answered. */
interface ResponseUrl {
  user: string;
  channel: string;
  at: number;
  used: number;
}

export interface ResponseUrls {
  /** A new one's path. */
  open(of: { user: string; channel: string }): string;
  /** Shows an answer to who clicked. */
  respond(path: string, args: Arguments): void;
}

/** Response URLs. What is refused uses none of them up. */
export function createResponseUrls(workspace: Workspace): ResponseUrls {
  const urls = new Map<string, ResponseUrl>();
  return {
    open: ({ user, channel }) => {
      const path = `/actions/${workspace.team}/${randomBytes(12).toString('hex')}`;
      urls.set(path, { user, channel, at: workspace.now(), used: 0 });
      return path;
    },
    respond: (path, args) => {
      const url = urls.get(path);
      if (!url) throw refusal('invalid_url', `there is no response_url ${path}`);
      if (workspace.now() - url.at > MINUTES * 60_000) throw refusal('expired_url', `it is older than ${MINUTES} minutes`);
      if (url.used >= USES) throw refusal('used_url', `it was used ${USES} times`);
      checkNames(args, { needs: [], takes: ['text', 'blocks', 'response_type', 'replace_original', 'delete_original'] });
      checkPlace(args);
      const content = withIds(contentOf(args));
      url.used += 1;
      workspace.ephemerals.push({ channel: url.channel, user: url.user, via: 'response_url', at: workspace.now(), ...content });
    },
  };
}

// Slack could also answer to the whole channel, or replace the message that everybody sees with what one person is told.
function checkPlace(args: Arguments): void {
  const type = textOf(args, 'response_type');
  if (type !== undefined && type !== 'ephemeral') throw refusal('invalid_arguments', `the sandbox answers ephemerally only, not ${type}`);
  for (const name of ['replace_original', 'delete_original']) {
    if (flagOf(args, name)) throw refusal('invalid_arguments', `the sandbox has no ${name}`);
  }
}
