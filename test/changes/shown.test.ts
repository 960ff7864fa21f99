import { describe, expect, it } from '@jest/globals';
import type { Change, ChangedRule } from '../../shared/changes/change.ts';
import { isShown } from '../../shared/changes/shown.ts';
import type { SecurityGroupRule } from '../../shared/domain/security-group.ts';
import { change, changedRule, GROUP } from '../support/changes.ts';

const read = (parts: Partial<SecurityGroupRule> = {}): SecurityGroupRule => ({
  id: 'sgr-0aaaaaaaaaaaaaaa1',
  groupId: GROUP,
  isEgress: true,
  ipProtocol: 'udp',
  fromPort: 53,
  toPort: 53,
  peer: { kind: 'cidr-ipv4', cidr: '0.0.0.0/0' },
  ...parts,
});
const shows = (of: Change, rules: readonly SecurityGroupRule[] | undefined, known: readonly Change[] = []) =>
  isShown(of, () => rules, known);

const revoked = (...rules: ChangedRule[]) => change({ what: { kind: 'rules-revoked', isEgress: true, rules } });
const authorized = (...rules: ChangedRule[]) => change({ what: { kind: 'rules-authorized', isEgress: true, rules } });
const modified = (...rules: ChangedRule[]) => change({ what: { kind: 'rules-modified', rules } });
const later = (of: Change): Change => ({ ...of, id: 'later', at: '2026-11-20T19:00:00.000Z' });

describe('what was read shows a change', () => {
  it.each<[string, Change, readonly SecurityGroupRule[] | undefined, boolean]>([
    ['a revoked rule that is gone', revoked(changedRule()), [read({ id: 'another' })], true],
    ['not: a revoked rule that is still there', revoked(changedRule()), [read()], false],
    ['not: one of several', revoked(changedRule({ id: 'gone' }), changedRule()), [read()], false],
    ['a rule of a group that nobody needed to read', revoked(changedRule()), undefined, true],
    ['a rule without an id: nobody can tell', revoked(changedRule({ id: null })), [read()], true],
    ['an authorized rule that is there', authorized(changedRule()), [read()], true],
    ['not: an authorized rule that is not there', authorized(changedRule()), [], false],
    ['a modified rule that says so', modified(changedRule()), [read()], true],
    [
      'a modified rule, host bits cleared',
      modified(changedRule({ peer: { kind: 'cidr-ipv4', cidr: '10.1.2.3/8' } })),
      [read({ peer: { kind: 'cidr-ipv4', cidr: '10.0.0.0/8' } })],
      true,
    ],
    [
      'a modified rule of every protocol',
      modified(changedRule({ ipProtocol: '-1', fromPort: 1, toPort: 2 })),
      [read({ ipProtocol: '-1', fromPort: -1, toPort: -1 })],
      true,
    ],
    ['not: a modified rule that says something else', modified(changedRule({ fromPort: 5353, toPort: 5353 })), [read()], false],
    ['not: another network', modified(changedRule({ peer: { kind: 'cidr-ipv4', cidr: '192.0.2.0/24' } })), [read()], false],
    ['what is not about rules', change({ what: { kind: 'group-deleted' } }), [read()], true],
  ])('%s', (_, of, rules, isIt) => {
    expect(shows(of, rules)).toBe(isIt);
  });

  it('that a later one took back or changed again', () => {
    for (const each of [authorized(changedRule()), modified(changedRule({ fromPort: 1, toPort: 1 }))]) {
      expect(shows(each, [])).toBe(false);
      expect(shows(each, [], [later(revoked(changedRule()))])).toBe(true);
      expect(shows(each, [], [{ ...revoked(changedRule()), id: 'earlier', at: '2026-11-20T17:00:00.000Z' }])).toBe(false);
    }
  });
});
