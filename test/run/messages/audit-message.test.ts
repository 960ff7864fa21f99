import { describe, expect, it } from '@jest/globals';
import { type AuditMessage, parseAuditMessage } from '../../../shared/run/messages/audit-message.ts';
import { parseDeleteCluster } from '../../../shared/teardowns/delete-cluster-event.ts';
import { deleteClusterEvent } from '../../support/events.ts';

const sweep: AuditMessage = { kind: 'sweep', trigger: 'schedule', accountId: '123456789012', region: 'eu-west-1' };

describe('parseAuditMessage', () => {
  it('takes a sweep as it was sent', () => {
    expect(parseAuditMessage(JSON.stringify(sweep))).toEqual({ ok: true, value: sweep });
  });

  it.each([[deleteClusterEvent()], [deleteClusterEvent({ detail: { responseElements: null } })]])(
    'takes a deletion as it was sent',
    (event) => {
      const parsed = parseDeleteCluster(event);
      if (!parsed.ok) throw new Error(parsed.reason);
      const message: AuditMessage = { kind: 'deletion', ...parsed.value };
      expect(parseAuditMessage(JSON.stringify(message))).toEqual({ ok: true, value: message });
    },
  );

  it.each([
    ['', 'not JSON'],
    ['{"kind":"sweep"', 'not JSON'],
    ['{}', 'kind'],
    ['null', 'the message'],
    [JSON.stringify({ ...sweep, kind: 'cleanup' }), 'kind'],
    [JSON.stringify({ ...sweep, accountId: 12 }), 'accountId'],
    [JSON.stringify({ ...sweep, region: '' }), 'region'],
  ])('refuses %s', (body, reason) => {
    expect(parseAuditMessage(body)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});
