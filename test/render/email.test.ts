import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Announcement } from '../../shared/content/announcement.ts';
import type { PlanEvent, PlanNotice, ProposedPlan } from '../../shared/plans/plan.ts';
import { messageOf } from '../../shared/render/batch-content.ts';
import { emailOf } from '../../shared/render/email.ts';
import { leftover } from '../support/leftovers.ts';
import { planOutcome, proposed, result } from '../support/plans.ts';
import { finding } from '../support/reports.ts';
import { CLUSTER, certified, left, many, orphan, suspect, told, toldPlan, warned } from './announcements.ts';
import { GOLDENS } from './goldens.ts';

const emails = (batch: readonly Announcement[]) => emailOf(messageOf(batch));

const email = (announcement: Announcement) => emailOf(messageOf([announcement]));

const EVENTS = ['proposed', 'approved', 'rejected', 'expired', 'superseded', 'finished'] as const;
const golden = (name: string) => readFileSync(new URL(`./goldens/${name}.txt`, import.meta.url), 'utf8');
const subjectOf = (...parts: Parameters<typeof email>) => email(...parts).subject;

describe('a message for a person', () => {
  it.each(Object.entries(GOLDENS))('%s reads as its golden', (name, batch) => {
    const { subject, text } = emails(batch);
    expect(`${subject}\n\n${text}`).toBe(golden(name));
  });
});

describe('the subject line', () => {
  const long = 'a-very-long-cluster-name-that-somebody-found-a-good-idea-on-a-friday-afternoon-in-november-2026-prod';

  it('keeps what it is about, and where, when it is too long', () => {
    const subject = subjectOf(told('opened', leftover(1, { cluster: long })));
    expect(subject).toHaveLength(99);
    expect(subject).toBe('[HIGH] eni-00000000000000001 is an orphan of the deleted cluster a-very-long-cluster... (eu-west-1)');
  });

  it('names the subject even where the sentence names it late', () => {
    const summary = `only ${'many '.repeat(20)}interfaces keep security group sg-1 from being deleted`;
    const group = finding({ ruleId: 'pinned-by-orphans', subject: { type: 'security-group', id: 'sg-1' }, summary });
    expect(subjectOf(told('opened', group))).toMatch(/^\[HIGH\] sg-1: only many many .*\.\.\. \(eu-west-1\)$/);
  });

  it('is printable ASCII, with letters as near as they come', () => {
    const subject = subjectOf(told('opened', leftover(1, { cluster: 'Zürich\n東京\u202e' })));
    expect(subject).toBe(
      '[HIGH] eni-00000000000000001 is an orphan of the deleted cluster Zurich ?? (Zürich ?? , eu-west-1)'.replace(
        'Zürich ?? ,',
        'Zurich ??,',
      ),
    );
  });

  it.each([
    ['opened', '[HIGH] '],
    ['changed', '[HIGH] '],
    ['resolved', '[RESOLVED] '],
    ['suppressed', '[SUPPRESSED] '],
    ['approved', '[APPROVED] '],
    ['cleaned', '[CLEANED UP] '],
    ['cleanup-failed', '[CLEANUP FAILED] '],
  ] as const)('of a transition %s begins with %s', (kind, begins) => {
    expect(subjectOf(told(kind, leftover(1))).startsWith(begins)).toBe(true);
  });
});

describe('what to do', () => {
  it('is never to delete a suspect, whatever its rule suggests', () => {
    const remedy = { summary: 'Delete it.', commands: ['aws ec2 delete-network-interface --network-interface-id eni-1'] };
    const { text } = email(told('opened', { ...leftover(1, { state: 'suspect' }), remedy }));
    expect(text).toContain('What to do: Nothing yet, and do not delete it.');
    expect(text).not.toContain('delete-network-interface');
  });

  it('is nothing when it is over', () => {
    expect(email(told('resolved', leftover(1))).text).not.toContain('delete-network-interface');
  });

  it('is left out where nobody knows', () => {
    const { text } = email(told('opened', finding({ ruleId: 'a-rule', subject: { type: 'vpc', id: 'vpc-1' } })));
    expect(text).not.toContain('What to do');
    expect(text).not.toContain('\n\n\n');
  });

  it('shows a command exactly as it must be typed, or not at all', () => {
    const commands = ['good --one', 'bad\n--two', 'bad \u202e--three', `long ${'x'.repeat(5_000)}`, 'good  --spaces'];
    const { text } = email(told('opened', { ...leftover(1), remedy: { summary: 'Do it.', commands } }));
    expect(text).toContain(
      'What to do: Do it.\n    good --one\n    good  --spaces\n    (and 3 more; the machine-readable form has them)\n',
    );
  });

  it('names a cluster in a command only if no shell could mistake it', () => {
    const hostile = certified({ outcome: 'leftovers', cluster: { ...CLUSTER, name: 'a; rm -rf ~' }, leftovers: [left(1)] });
    expect(email(hostile).text).toContain('    sgp-warden audit --region eu-west-1\n');
  });

  it('of a certificate is the cluster itself when nothing else is left', () => {
    const { subject, text } = email(certified({ outcome: 'leftovers', says: 'Cluster payments itself is still there (DELETING).' }));
    expect(subject).toBe('[LEFTOVERS] Cluster payments itself is still there (DELETING) (eu-west-1)');
    expect(text).toContain('What to do: Look at the cluster itself');
  });
});

describe('what is told of a plan', () => {
  const text = (event: PlanEvent, plan: ProposedPlan, notice: Partial<PlanNotice> = {}) => email(toldPlan(event, plan, notice)).text;

  it.each([
    [proposed(), '[APPROVE?] 6 orphans of checkout hold 6 addresses (eu-west-1)'],
    [proposed({ n: 1 }), '[APPROVE?] 1 orphan of checkout holds 1 address (eu-west-1)'],
    [proposed({ cluster: 'blue+green' }), '[APPROVE?] 6 orphans of blue and green hold 6 addresses (eu-west-1)'],
  ])('%# reads well on a phone', (plan, subject) => {
    expect(subjectOf(toldPlan('proposed', plan))).toBe(subject);
  });

  it('shows how to answer it as long as it waits, and never after', () => {
    for (const event of ['proposed', 'expired'] as const)
      expect(text(event, proposed())).toContain('    sgp-warden approve 0123456789abcdef ');
    for (const status of ['approved', 'running', 'done', 'rejected', 'expired', 'superseded'] as const)
      for (const event of EVENTS) expect(text(event, proposed({ status }))).not.toContain('sgp-warden approve');
  });

  it('shows how to take an approval back as long as nobody began to carry it out', () => {
    expect(text('approved', proposed({ status: 'approved' }))).toContain('    sgp-warden reject 0123456789abcdef ');
    for (const status of ['running', 'done', 'expired'] as const)
      expect(text('approved', proposed({ status }))).not.toContain('sgp-warden reject');
  });

  it('names the round that waits now, not the one that the notice is about', () => {
    const again = text('expired', proposed({ id: '0123456789abcdef-3', round: 3 }), { plan: '0123456789abcdef-2' });
    expect(again).toContain('sgp-warden approve 0123456789abcdef-3 ');
    expect(again).toContain('Plan 0123456789abcdef-2, and by now 0123456789abcdef-3, waiting\n');
  });

  it.each([[{ ledger: 'dynamodb:x; rm -rf ~' }], [{ ledger: '--region' }], [{ ledger: 'my ledger.json' }], [{ id: 'not an id' }]])(
    'shows no command that a shell could mistake: %j',
    (parts) => {
      expect(text('proposed', proposed(parts))).not.toMatch(/sgp-warden (approve|reject)/);
    },
  );

  it('never says that all is done when something is left', () => {
    const outcomes = [planOutcome(1), planOutcome(2, { status: 'left', says: 'not touched' })];
    const half = toldPlan('finished', proposed({ n: 2, status: 'done', result: result({ outcomes }) }));
    expect(subjectOf(half)).toBe('[CLEANUP FAILED] 1 of 2 orphans of checkout deleted, 1 left (eu-west-1)');
    expect(email(half).text).not.toContain('unblocked');
  });
});

describe('a warning', () => {
  it('whose number could not be read never reads as nothing left behind', () => {
    const { subject } = email(warned({ branchesInUse: 0, branchesAvailable: 0 }));
    expect(subject).toBe('[WARNING] deleting payments leaves an unknown number of branch interfaces behind (eu-west-1)');
  });
});

describe('a digest', () => {
  it('says in its subject how many of what, and where', () => {
    expect(emails(many(1_200, 40)).subject).toBe(
      '[HIGH] 1,240 changes: 1,200 opened (suspect), 40 resolved (orphan) (payments, eu-west-1)',
    );
  });

  it('of several clusters and regions says so', () => {
    const elsewhere = { ...orphan(3), target: { accountId: '111122223333', region: 'us-east-1' } };
    const other = told('opened', leftover(2, { cluster: 'search' }));
    const { subject, text } = emails([suspect(1), other, elsewhere]);
    expect(subject).toBe('[HIGH] 3 changes: 1 opened (suspect), 1 opened (orphan), 1 ch... (2 clusters, eu-west-1 and 1 more)');
    expect(text).toContain('- 1 changed (orphaned-branch-eni orphan), cluster payments in us-east-1, high\n');
    expect(text).toContain('    sgp-warden audit --region us-east-1\n');
  });
});
