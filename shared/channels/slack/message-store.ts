// The ledger's records of messages. Each write names the version that it builds on, so that two runs never write to Slack about one thing.
import { createHash, randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Target } from '../../domain/finding.ts';
import type { Asked, Question, SlackMessage } from '../../domain/slack.ts';
import { isOf } from '../../ledger/kind.ts';
import type { LedgerRecord, LedgerStore } from '../../ledger/store.ts';
import { putOf } from '../../ledger/update.ts';
import { SLACK_MESSAGE } from './record.ts';

/** A message as the ledger has it. */
export interface StoredMessage {
  message: SlackMessage;
  version: number;
}

/** The id of the message about something. */
export const messageId = (about: string): string => createHash('sha256').update(about).digest('hex').slice(0, 24);

/** The messages among the records, by id. */
export const messagesIn = (records: readonly LedgerRecord[]): Map<string, StoredMessage> =>
  new Map(
    records.flatMap((record) =>
      isOf(record, SLACK_MESSAGE) ? [[record.body.state.id, { message: record.body.state, version: record.version }]] : [],
    ),
  );

/** A message as it is in the ledger now. */
export async function messageNow(store: LedgerStore, target: Target, id: string): Promise<StoredMessage | undefined> {
  const record = await store.get(target, SLACK_MESSAGE.key(id));
  return record && messagesIn([record]).get(id);
}

/** Writes a message over the version that it builds on; undefined: somebody else wrote first. */
export async function writeMessage(
  store: LedgerStore,
  target: Target,
  message: SlackMessage,
  version: number,
): Promise<StoredMessage | undefined> {
  const [outcome] = await store.write(target, [putOf(SLACK_MESSAGE, message, { version })]);
  return outcome && !outcome.written ? undefined : { message, version: version + 1 };
}

/** The question that a message asks: the one that it asked before, as long as it is about the same. */
export const questionAbout = (of: Asked | undefined, before: Question | undefined): Question | undefined =>
  of === undefined || isDeepStrictEqual(before?.of, of) ? before : { nonce: randomBytes(16).toString('base64url'), of };
