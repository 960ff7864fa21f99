import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../shared/domain/errors.ts';
import { loadClickWiring } from '../../shared/settings/wiring.ts';

const ENV = { LEDGER_TABLE: 'ledger', AUDIT_QUEUE_URL: 'https://sqs/audit', CLEANUP_QUEUE_URL: '' };
const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadClickWiring(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  return [];
};

describe('what the function that takes clicks knows of its stack', () => {
  it('is its ledger and its queues; there is none for cleanups in report mode', () => {
    expect(loadClickWiring(ENV)).toEqual({ ledgerTable: 'ledger', auditQueueUrl: 'https://sqs/audit', cleanupQueueUrl: '' });
    expect(loadClickWiring({ ...ENV, CLEANUP_QUEUE_URL: 'https://sqs/cleanup' }).cleanupQueueUrl).toBe('https://sqs/cleanup');
  });

  it('is refused where the stack failed to tell, all at once', () => {
    expect(problemsOf({ CLEANUP_QUEUE_URL: 'cleanup' })).toEqual([
      expect.stringContaining('LEDGER_TABLE'),
      expect.stringContaining('AUDIT_QUEUE_URL'),
      'CLEANUP_QUEUE_URL=cleanup: must be a queue URL',
    ]);
  });
});
