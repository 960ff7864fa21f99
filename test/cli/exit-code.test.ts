import { describe, expect, it } from '@jest/globals';
import { auditExitCode, cleanupExitCode, preflightExitCode } from '../../cli/exit-code.ts';
import { SEVERITIES, type Severity } from '../../shared/domain/verdict.ts';
import type { Coverage } from '../../shared/findings/audit-report.ts';
import { cleanupReport, execution, outcome, planned, refused } from '../support/cleanup-reports.ts';
import { unreadPlan } from '../support/golden-cleanups.ts';
import { leaked, leftover } from '../support/leftovers.ts';
import { finding, gap, preflightReport, report, undecided } from '../support/reports.ts';

const clean = report();
const withHigh = report({ findings: [leftover(1)] });
const withMedium = report({ findings: [leaked(1, 'leaked', { summary: '', commands: [] })] });
const denied = gap('clusters', 'eks:DescribeCluster', ['payments']);
const withGap = report({ coverage: [denied.coverage] });
const unread: Coverage = { slice: 'cluster', ok: false, reason: 'denied' };

describe('the exit code of an audit', () => {
  it.each([
    ['nothing found', [clean], 'high', 0],
    ['a suspect as much as an orphan', [report({ findings: [leftover(1, { state: 'suspect' })] })], 'high', 1],
    ['a finding at the limit', [withHigh], 'high', 1],
    ['a finding below the limit', [withMedium], 'high', 0],
    ['a finding above the limit', [withHigh], 'low', 1],
    ['the same finding with another limit', [withMedium], 'medium', 1],
    ['nothing is critical', [withHigh], 'critical', 0],
    ['something undecided', [report({ unknown: [undecided(1, 'a', 'waits', 'waiting').unknown] })], 'low', 0],
    ['a slice unread', [withGap], 'high', 3],
    ['a slice unread, whatever the limit', [withGap], 'critical', 3],
    ['an item unread, told by a finding alone', [report({ findings: [denied.finding] })], 'critical', 3],
    ['a gap and a finding: the gap wins', [report({ coverage: [denied.coverage], findings: [leftover(1)] })], 'high', 3],
    ['findings in one of two regions', [clean, withHigh], 'high', 1],
    ['a gap in one region, findings in another', [withHigh, withGap, clean], 'high', 3],
  ] as const)('%s', (_, reports, failOn, code) => {
    expect(auditExitCode(reports, failOn)).toBe(code);
  });

  it('fails for exactly the severities at or above the limit', () => {
    const subject = { type: 'network-interface', id: 'eni-1' } as const;
    const code = (severity: Severity, failOn: Severity) =>
      auditExitCode([report({ findings: [finding({ ruleId: 'r', subject, severity })] })], failOn);
    const table = SEVERITIES.map((severity) => SEVERITIES.map((failOn) => code(severity, failOn)).join(' '));
    expect(table).toEqual(['1 0 0 0', '1 1 0 0', '1 1 1 0', '1 1 1 1']);
  });
});

describe('the exit code of a preflight', () => {
  it.each([
    ['clean', true, 0],
    ['leaves-behind', true, 1],
    ['no-such-cluster', true, 2],
    ['unknown', true, 3],
    ['clean', false, 3],
    ['leaves-behind', false, 3],
    ['no-such-cluster', false, 2],
  ] as const)('%s, all read: %s', (outcome, isRead, code) => {
    expect(preflightExitCode(preflightReport({ outcome, coverage: isRead ? [] : [unread] }))).toBe(code);
  });
});

describe('the exit code of a cleanup', () => {
  const applied = (parts: Parameters<typeof execution>[0]) => cleanupReport({ execution: execution(parts) });
  const withRefusal = cleanupReport({ plan: { deletions: [planned(1)], refusals: [refused(2, 'seen-twice')] } });

  it.each([
    ['a plan', withRefusal, 'planned', 0],
    ['a plan in which something was unread', unreadPlan(), 'planned', 3],
    ['a wait that was interrupted', withRefusal, 'interrupted', 1],
    ['one that was interrupted after something was unread', unreadPlan(), 'interrupted', 3],
    ['a plan that was not confirmed', cleanupReport(), 'declined', 1],
    ['nothing to do', applied({}), 'applied', 0],
    ['all deleted', applied({ outcomes: [outcome(1)] }), 'applied', 0],
    ['all gone already', applied({ outcomes: [outcome(1, { status: 'already-gone' })] }), 'applied', 0],
    ['one refused at the last look', applied({ outcomes: [outcome(1), outcome(2, { status: 'refused' })] }), 'applied', 1],
    ['one failed', applied({ outcomes: [outcome(1, { status: 'failed' })] }), 'applied', 1],
    ['some left', applied({ left: ['eni-1'] }), 'applied', 1],
    ['a stop', applied({ stop: { why: 'unverified', says: '' } }), 'applied', 1],
    ['something refused by the plan', { ...withRefusal, execution: execution() }, 'applied', 1],
    ['all deleted, and something unread', { ...unreadPlan(), execution: execution({ outcomes: [outcome(1)] }) }, 'applied', 3],
  ] as const)('%s', (_, report, end, code) => {
    expect(cleanupExitCode(report, end)).toBe(code);
  });
});
