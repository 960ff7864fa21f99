import * as v from 'valibot';
import { type Env, parse, stated } from './environment.ts';

// What the stack tells its functions about itself; nobody sets these by hand.
const WIRING = {
  LEDGER_TABLE: v.pipe(v.string(), v.nonEmpty('must name the ledger table')),
  FINDINGS_TOPIC_ARN: v.pipe(v.string(), v.startsWith('arn:', 'must be a topic ARN')),
  CHAT_TOPIC_ARN: v.union([v.literal(''), v.pipe(v.string(), v.startsWith('arn:'))], 'must be a topic ARN or empty'),
  AUDIT_QUEUE_URL: v.pipe(v.string(), v.startsWith('http', 'must be a queue URL')),
  CLEANUP_QUEUE_URL: v.pipe(v.string(), v.startsWith('http', 'must be a queue URL')),
} as const;

const MAYBE_CLEANUP_QUEUE_URL = v.union([v.literal(''), WIRING.CLEANUP_QUEUE_URL], 'must be a queue URL, or empty in report mode');

export interface Wiring {
  ledgerTable: string;
  findingsTopicArn: string;
  /** Empty: there is no chat topic. */
  chatTopicArn: string;
  /** Empty: this stack deletes nothing. */
  cleanupQueueUrl: string;
}

/** What the auditing function needs to know of its own stack. */
export function loadWiring(env: Env): Wiring {
  const { LEDGER_TABLE, FINDINGS_TOPIC_ARN, CHAT_TOPIC_ARN } = WIRING;
  const output = parseWiring(env, {
    LEDGER_TABLE,
    FINDINGS_TOPIC_ARN,
    CHAT_TOPIC_ARN,
    CLEANUP_QUEUE_URL: MAYBE_CLEANUP_QUEUE_URL,
  });
  return {
    ledgerTable: output.LEDGER_TABLE,
    findingsTopicArn: output.FINDINGS_TOPIC_ARN,
    chatTopicArn: output.CHAT_TOPIC_ARN,
    cleanupQueueUrl: output.CLEANUP_QUEUE_URL,
  };
}

/** What the cleaning function needs to know of its own stack. */
export function loadCleanupWiring(env: Env): { ledgerTable: string; auditQueueUrl: string; cleanupQueueUrl: string } {
  const { LEDGER_TABLE, AUDIT_QUEUE_URL, CLEANUP_QUEUE_URL } = WIRING;
  const output = parseWiring(env, { LEDGER_TABLE, AUDIT_QUEUE_URL, CLEANUP_QUEUE_URL });
  return { ledgerTable: output.LEDGER_TABLE, auditQueueUrl: output.AUDIT_QUEUE_URL, cleanupQueueUrl: output.CLEANUP_QUEUE_URL };
}

/** What the function that takes clicks needs to know of its own stack. `cleanupQueueUrl` is empty where this stack deletes nothing. */
export function loadClickWiring(env: Env): { ledgerTable: string; auditQueueUrl: string; cleanupQueueUrl: string } {
  const { LEDGER_TABLE, AUDIT_QUEUE_URL } = WIRING;
  const output = parseWiring(env, { LEDGER_TABLE, AUDIT_QUEUE_URL, CLEANUP_QUEUE_URL: MAYBE_CLEANUP_QUEUE_URL });
  return { ledgerTable: output.LEDGER_TABLE, auditQueueUrl: output.AUDIT_QUEUE_URL, cleanupQueueUrl: output.CLEANUP_QUEUE_URL };
}

/** The queue that triggers send their requests to. */
export const loadQueueUrl = (env: Env): string => parseWiring(env, { AUDIT_QUEUE_URL: WIRING.AUDIT_QUEUE_URL }).AUDIT_QUEUE_URL;

const parseWiring = <const E extends v.ObjectEntries>(env: Env, entries: E) =>
  parse(
    entries,
    stated(env, Object.keys(entries), () => ''),
  );
