import { expect, it } from '@jest/globals';
import type { LedgerBody } from '../../shared/ledger/store.ts';
import { expiryOf } from '../../shared/ledger/stored.ts';
import { ACCEPTED } from '../support/acceptances.ts';
import { changeNotice, changeState } from '../support/changes.ts';
import { dailyState } from '../support/daily.ts';
import { findingState, minute, putSighting, time } from './builders.ts';
import { certificate, teardown, teardownState } from './teardown-builders.ts';

const owed = [{ kind: 'resolved', findingId: 'f', at: time(1), says: '', recipients: ['sns'] }] as const;
const owedNotice = [{ kind: 'certificate', recipients: ['sns'], certificate: certificate() }] as const;
const resolved = { status: 'resolved', resolvedAt: time(0) } as const;
const closed = teardown({ status: 'closed' });

it.each<[string, LedgerBody, number | undefined]>([
  ['a sighting', putSighting(0).body, undefined],
  ['an open finding', { kind: 'finding', state: findingState() }, undefined],
  ['a resolved finding that somebody was not told of', { kind: 'finding', state: findingState({ ...resolved, pending: owed }) }, undefined],
  ['a resolved finding', { kind: 'finding', state: findingState(resolved) }, 90],
  ['an open teardown', { kind: 'teardown', state: teardownState() }, undefined],
  [
    'a closed teardown that owes its certificate',
    { kind: 'teardown', state: teardownState({ teardown: closed, pending: owedNotice }) },
    undefined,
  ],
  ['a change that waits', { kind: 'change', state: changeState() }, undefined],
  ['a change that was judged', { kind: 'change', state: changeState({ status: 'judged', judgedAt: time(2) }) }, 2],
  [
    'a notice that somebody is owed',
    { kind: 'change-notice', state: { notice: changeNotice(), pending: [{ recipients: ['sns'] }] } },
    undefined,
  ],
  ['a notice', { kind: 'change-notice', state: { notice: changeNotice(), pending: [] } }, 30],
  ['who judges', { kind: 'judging', state: { by: 'a', until: time(6), turn: 1 } }, undefined],
  ['an acceptance', { kind: 'acceptance', state: ACCEPTED }, 800],
  ['what is kept of audits', { kind: 'watch', state: { audits: 1, first: time(0), last: time(0) } }, undefined],
  ['the daily digest', { kind: 'daily', state: dailyState() }, undefined],
  ['a closed teardown', { kind: 'teardown', state: teardownState({ teardown: closed }) }, 400],
])('%s is forgotten by the table as agreed', (_, body, days) => {
  expect(expiryOf(body, minute(5))).toEqual(days === undefined ? undefined : minute(5 + days * 24 * 60));
});
