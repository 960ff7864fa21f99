import { describe, expect, it } from '@jest/globals';
import { acceptedBy } from '../../shared/domain/acceptance.ts';
import { ACCEPTANCE } from '../../shared/findings/record.ts';
import { parseRecord } from '../../shared/ledger/stored.ts';
import { ACCEPTED } from '../support/acceptances.ts';
import { change, changeNotice, changeState } from '../support/changes.ts';
import { dailyDigest, dailyState, WATCH } from '../support/daily.ts';
import { putFinding, putSighting, time } from './builders.ts';
import { certificate, deletedCluster, leftover, putTeardown, teardown, warning } from './teardown-builders.ts';

const FULL = putTeardown(0, {
  teardown: teardown({ status: 'closed', rung: 3, certificate: certificate() }),
  pending: [
    { kind: 'warning', recipients: ['sns'], warning: warning() },
    { kind: 'certificate', recipients: [], certificate: certificate({ outcome: 'clean', leftovers: [] }) },
  ],
});
const NOTICE = { notice: changeNotice(), pending: [{ recipients: ['sns'] }] };
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const problemOf = (stored: unknown): string | undefined => {
  const parsed = parseRecord(stored);
  return parsed.ok ? undefined : parsed.problem;
};

describe('a stored record', () => {
  it.each([
    ['a sighting', putSighting(0)],
    ['a finding', putFinding(0)],
    ['a teardown', FULL],
    ['a change', { key: 'change/5c0a0f5e-0000-4000-8000-000000000001', body: { kind: 'change', state: changeState() } }],
    ['a notice of changes', { key: 'change-notice/payments/0123456789abcdef', body: { kind: 'change-notice', state: NOTICE } }],
    ['who judges changes', { key: 'judging', body: { kind: 'judging', state: { by: 'a', until: time(6), turn: 1 } } }],
    ['an acceptance', { key: ACCEPTANCE.key(ACCEPTED.findingId), body: { kind: 'acceptance', state: ACCEPTED } }],
    ['a finding that somebody answers for', putFinding(0, { accepted: acceptedBy(ACCEPTED) })],
    ['what is kept of audits', { key: 'watch', body: { kind: 'watch', state: WATCH } }],
    ['the first daily digest', { key: 'daily', body: { kind: 'daily', state: dailyState() } }],
    [
      'a daily digest that is owed',
      { key: 'daily', body: { kind: 'daily', state: dailyState({ pending: [{ digest: dailyDigest(), recipients: ['sns'] }] }) } },
    ],
    ['a teardown that a sweep opened', putTeardown(0, { teardown: teardown({ openedBy: 'sweep' }) })],
  ])('is believed when it is %s', (_, { key, body }) => {
    const stored = { version: 7, body: throughJson(body) };
    expect(parseRecord(stored)).toEqual({ ok: true, record: { key, version: 7, body } });
  });

  it('may lack what nobody knew of a cluster, of a leftover and of who deleted it', () => {
    const cluster = deletedCluster({
      arn: undefined,
      createdAt: undefined,
      vpcId: undefined,
      clusterSecurityGroupId: undefined,
      roleArn: undefined,
    });
    const left = certificate({ cluster, leftovers: [leftover({ state: undefined })] });
    const told = { kind: 'warning', recipients: ['sns'], warning: warning({ cluster, principal: undefined }) } as const;
    const { key, body } = putTeardown(0, { teardown: teardown({ cluster, certificate: left }), pending: [told] });
    expect(key).toBe('teardown/blue/unknown');
    expect(parseRecord({ version: 1, body: throughJson(body) })).toEqual({ ok: true, record: { key, version: 1, body } });
  });

  it('keeps what this version does not know', () => {
    const body = { ...FULL.body, state: { ...FULL.body.state, later: { a: 1 } } };
    expect(parseRecord({ version: 1, body })).toMatchObject({ ok: true, record: { body: { state: { later: { a: 1 } } } } });
  });

  const wrong = (changes: object) => ({ version: 1, body: { kind: 'teardown', state: { ...FULL.body.state, ...changes } } });
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'is malformed: all of it'],
    ['without version', { body: FULL.body }, 'version'],
    [
      'an acceptance without an end',
      { version: 1, body: { kind: 'acceptance', state: { ...ACCEPTED, until: 'never' } } },
      'body.state.until',
    ],
    ['an acceptance by nobody', { version: 1, body: { kind: 'acceptance', state: { ...ACCEPTED, by: '' } } }, 'body.state.by'],
    [
      'a digest of half a finding',
      { version: 1, body: { kind: 'daily', state: dailyState({ auditsThen: { 'eu-west-1': 0.5 } }) } },
      'body.state.auditsThen',
    ],
    ['of version 0', { version: 0, body: FULL.body }, 'version'],
    [
      'of a kind that there is not',
      { version: 1, body: { kind: 'invoice' } },
      'does not know "invoice"; where a newer one keeps this ledger',
    ],
    ['of no kind', { version: 1, body: { kind: 7 } }, 'body.kind: Invalid type'],
    ['without a teardown', wrong({ teardown: undefined }), 'body.state.teardown'],
    ['with half a rung', wrong({ teardown: teardown({ rung: 0.5 }) }), 'body.state.teardown.rung'],
    ['with no time to look again', wrong({ teardown: teardown({ notBefore: 'soon' }) }), 'body.state.teardown.notBefore'],
    ['without pending', wrong({ pending: undefined }), 'body.state.pending'],
    ['that owes something else', wrong({ pending: [{ kind: 'alert', recipients: [] }] }), 'body.state.pending.0.kind'],
    [
      'a change that is half judged',
      { version: 1, body: { kind: 'change', state: { ...changeState(), status: 'perhaps' } } },
      'body.state.status',
    ],
    [
      'a change of no known kind',
      { version: 1, body: { kind: 'change', state: changeState({ change: { ...change(), what: { kind: 'renamed' } } as never }) } },
      'body.state.change.what.kind',
    ],
    [
      'a notice without its changes',
      { version: 1, body: { kind: 'change-notice', state: { ...NOTICE, notice: { ...NOTICE.notice, changes: 1 } } } },
      'body.state.notice.changes',
    ],
    ['that owes to nobody known', wrong({ pending: [{ kind: 'warning', warning: warning() }] }), 'body.state.pending.0.recipients'],
  ])('is refused when it is %s', (_, stored, problem) => {
    expect(problemOf(stored)).toContain(problem);
  });

  it.each([
    [teardown(), 'teardown/blue/2026-02-28T11:00:00.000Z'],
    [teardown({ cluster: deletedCluster({ createdAt: undefined }) }), 'teardown/blue/unknown'],
  ])('of a later cluster of the same name is another one', (of, key) => {
    expect(putTeardown(0, { teardown: of }).key).toBe(key);
  });
});
