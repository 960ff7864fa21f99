// Runs that overlap as they like, each with what it read when it began: in the end people see what the ledger says.

import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { slackPublisher } from '../../../shared/channels/slack/publisher.ts';
import { jsonLogger } from '../../../shared/domain/log.ts';
import type { LedgerStore } from '../../../shared/ledger/store.ts';
import type { PendingPlanNotice, PlanEvent, ProposedPlan } from '../../../shared/plans/plan.ts';
import { planKey } from '../../../shared/plans/record.ts';
import { publishPending } from '../../../shared/run/publish.ts';
import { decision, proposed, result } from '../../support/plans.ts';
import { NEWEST, TARGET } from '../../support/reports.ts';
import { runs } from '../../support/runs.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

const PLAN = proposed({ publishers: ['slack'] });
const NEXT = { ...PLAN, id: `${PLAN.id}-2`, round: 2 };
const decided = (plan: ProposedPlan): ProposedPlan => ({ ...plan, status: 'approved', decision: decision() });

/** What becomes of a plan, with or without a word that is owed. */
type Story = readonly (readonly [event: PlanEvent | undefined, plan: ProposedPlan])[];
const STORIES: readonly (readonly [string, Story, RegExp])[] = [
  [
    'approved and carried out',
    [
      ['proposed', PLAN],
      ['approved', decided(PLAN)],
      ['finished', { ...decided(PLAN), status: 'done', result: result() }],
    ],
    /^CLEANED UP/,
  ],
  [
    'out of time, and approved in its next round',
    [
      ['proposed', PLAN],
      ['expired', NEXT],
      ['approved', decided(NEXT)],
    ],
    /^APPROVED/,
  ],
  [
    'void, and waiting again without a word',
    [
      ['proposed', PLAN],
      ['superseded', { ...PLAN, status: 'superseded', says: 'the world changed' }],
      [undefined, NEXT],
    ],
    /^APPROVE\?/,
  ],
  [
    'replaced without a word',
    [
      ['proposed', PLAN],
      [undefined, { ...PLAN, status: 'superseded', says: 'the world changed' }],
    ],
    /^SUPERSEDED/,
  ],
];

/** Writes what became of the plan, over whatever was settled meanwhile. */
async function become({ store, passed }: Workspace, event: PlanEvent | undefined, plan: ProposedPlan): Promise<void> {
  const key = planKey(plan.id);
  for (let isWritten = false; !isWritten; ) {
    const there = await store.get(TARGET, key);
    const before = there?.body.kind === 'plan' ? there.body.state.pending : [];
    const at = new Date(Date.parse(plan.proposedAt) + passed() + (there?.version ?? 0) * 1_000).toISOString();
    const more: PendingPlanNotice[] = event
      ? [{ plan: event === 'expired' ? PLAN.id : plan.id, event, at, says: plan.says, recipients: ['slack'] }]
      : [];
    const body = { kind: 'plan', state: { plan, pending: [...before, ...more] } } as const;
    const [outcome] = await store.write(TARGET, [{ key, ifVersion: there?.version ?? 0, body }]);
    isWritten = outcome?.written ?? false;
  }
}

const slowed = (store: LedgerStore, wait: () => Promise<unknown>): LedgerStore => ({
  ...store,
  load: (target) => wait().then(() => store.load(target)),
  get: (target, key) => wait().then(() => store.get(target, key)),
  write: (target, changes) => wait().then(() => store.write(target, changes)),
});

it.each(STORIES)('a plan that is %s is one message that says so', async (_, story, newest) => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat(8)), fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }), async (waits, counts) => {
      const workspace = await startWorkspace({ rates: false });
      try {
        const wait = () => pause(waits.next().value);
        const store = slowed(workspace.store, wait);
        const run = () =>
          publishPending(
            store,
            TARGET,
            [slackPublisher(workspace.options)],
            jsonLogger(
              () => {},
              () => new Date(NEWEST),
            ),
          );
        const runs: Promise<void>[] = [];
        for (const [n, [event, plan]] of story.entries()) {
          await become(workspace, event, plan);
          for (let more = counts[n] ?? 0; more >= 0; more -= 1) {
            runs.push(run());
            await pause(3 * (waits.next().value ?? 0));
          }
        }
        await Promise.all(runs);
        await run();
        expect(workspace.shown()).toEqual([expect.stringMatching(newest)]);
        const isAsked = newest.source.includes('APPROVE\\?');
        expect(/\[Approve\]/.test(workspace.shown()[0] ?? '')).toBe(isAsked);
      } finally {
        await workspace.slack.stop();
      }
    }),
    { numRuns: runs(15) },
  );
});
