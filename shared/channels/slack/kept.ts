// The ledger's records of messages. Each write names the version that it builds on, so that two runs never write to Slack about one thing.

import { createHash, randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { SLACK_MESSAGE } from '../../channels/slack/record.ts';
import type { LedgerRecord, LedgerStore } from '../../ledger/store.ts';
import { putOf } from '../../ledger/update.ts';
import type { Target } from '../../model/finding.ts';
import type { Asked, Question, SlackMessage } from '../../model/slack.ts';

/** A message as the ledger has it. */
export interface Kept {
  message: SlackMessage;
  version: number;
}

/** The id of the message that tells of something. */
export const messageId = (about: string): string => createHash('sha256').update(about).digest('hex').slice(0, 24);

/** The messages among the records, by id. */
export const keptIn = (records: readonly LedgerRecord[]): Map<string, Kept> =>
  new Map(
    records.flatMap(({ version, body }) => (body.kind === 'slack-message' ? [[body.state.id, { message: body.state, version }]] : [])),
  );

/** A message as it is in the ledger now. */
export async function keptNow(store: LedgerStore, target: Target, id: string): Promise<Kept | undefined> {
  const record = await store.get(target, SLACK_MESSAGE.key(id));
  return record && keptIn([record]).get(id);
}

/** Writes a message over the version that it builds on; undefined: somebody else wrote first. */
export async function keep(store: LedgerStore, target: Target, message: SlackMessage, version: number): Promise<Kept | undefined> {
  const [outcome] = await store.write(target, [putOf(SLACK_MESSAGE, message, { version })]);
  return outcome && !outcome.written ? undefined : { message, version: version + 1 };
}

/** The question that a message asks: the one that it asked before, as long as it is about the same. */
export const questionAbout = (of: Asked | undefined, before: Question | undefined): Question | undefined =>
  of === undefined || isDeepStrictEqual(before?.of, of) ? before : { nonce: randomBytes(16).toString('base64url'), of };
