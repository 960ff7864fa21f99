// A run may end between any two steps: whatever it did and did not do, the next ones tell all of it, once, and as it is now.
import { describe, expect, it } from '@jest/globals';
import type { Announcement } from '../../../shared/content/announcement.ts';
import type { LedgerStore } from '../../../shared/ledger/store.ts';
import type { PlanState, ProposedPlan } from '../../../shared/plans/plan.ts';
import { certified, gone, leftBehind, orphan, suspect, told, toldPlan, unread, warned } from '../../render/announcements.ts';
import { decision, proposed, result, stopped } from '../../support/plans.ts';
import { ONCALL, PLATFORM, slackIn, startWorkspace, type Workspace } from './workspace.ts';

/** What becomes true, and what is told of it. */
interface Step {
  know?: Announcement;
  plan?: ProposedPlan;
  tell: readonly Announcement[];
}

const finding = (announcement: Announcement): Step => ({ know: announcement, tell: [announcement] });
const planned = (plan: ProposedPlan, ...tell: Announcement[]): Step => ({ plan, tell });
const again = (announcement: Announcement, n: number): Announcement => ({ ...announcement, id: `${announcement.id}-${n}` });

const PLAN = proposed();
const APPROVED: ProposedPlan = { ...PLAN, status: 'approved', decision: decision({ by: 'slack:T0SANDBOX/U0ANNA/anna', via: 'slack' }) };
const SECOND: ProposedPlan = { ...PLAN, id: `${PLAN.id}-2`, round: 2 };
const STORIES: readonly (readonly [string, readonly Step[]])[] = [
  ['a finding that opens, changes, resolves and opens again', [suspect(1), orphan(1), gone(1), again(suspect(1), 2)].map(finding)],
  ['a cleanup of one that fails', [orphan(1), told('cleanup-failed', { ...oneOf(orphan(1)) }, 'ec2 said no')].map(finding)],
  ['what could not be read', [finding(unread())]],
  [
    'a finding that becomes more urgent and goes to another channel',
    [
      suspect(1),
      told('changed', { ...oneOf(suspect(1)), severity: 'critical' }),
      told('resolved', { ...oneOf(gone(1)), severity: 'critical' }),
    ].map(finding),
  ],
  [
    'a plan that is approved and carried out',
    [
      planned(PLAN, toldPlan('proposed', PLAN)),
      planned(APPROVED, toldPlan('approved', APPROVED)),
      planned({ ...APPROVED, status: 'running' }),
      planned({ ...APPROVED, status: 'done', result: result() }, toldPlan('finished', { ...APPROVED, status: 'done', result: result() })),
    ],
  ],
  [
    'a plan whose cleanup stops',
    [
      planned(PLAN, toldPlan('proposed', PLAN)),
      planned(
        { ...APPROVED, status: 'done', result: stopped() },
        toldPlan('approved', { ...APPROVED, status: 'done', result: stopped() }),
        toldPlan('finished', { ...APPROVED, status: 'done', result: stopped() }),
      ),
    ],
  ],
  [
    'a plan that runs out of time and asks again',
    [
      planned(PLAN, toldPlan('proposed', PLAN)),
      planned(SECOND, { ...toldPlan('expired', SECOND, { plan: PLAN.id }), id: `plan/${PLAN.id}#expired#x` }),
    ],
  ],
  [
    'a plan that is replaced',
    [planned(PLAN, toldPlan('proposed', PLAN)), planned({ ...PLAN, status: 'superseded', says: 'the world changed' }, warned())],
  ],
  [
    'a plan that is replaced, and then takes its place again',
    [
      planned(PLAN, toldPlan('proposed', PLAN)),
      planned({ ...PLAN, status: 'superseded', says: 'the world changed' }, warned()),
      planned(SECOND, leftBehind()),
    ],
  ],
  [
    'a plan that is void',
    [
      planned(PLAN, toldPlan('proposed', PLAN)),
      planned(
        { ...PLAN, status: 'superseded', says: 'the world changed' },
        toldPlan('superseded', { ...PLAN, status: 'superseded', says: 'the world changed' }),
      ),
    ],
  ],
  ['a warning and its certificates', [warned(), leftBehind(), again(certified(), 2)].map((each) => ({ tell: [each] }))],
];

/** What is owed tells of the record that it lies with, as that is now. */
function asItIs(owed: Announcement, { know, plan }: Step): Announcement {
  if (owed.kind === 'plan' && plan) return { ...owed, plan };
  if (owed.kind === 'transition' && know?.kind === 'transition') return { ...owed, finding: know.finding };
  return owed;
}

function oneOf(announcement: Announcement) {
  if (announcement.kind !== 'transition') throw new Error('no finding');
  return announcement.finding;
}

/** Where a process dies: before or behind its nth write to ledger or Slack; a Slack whose answer is lost has done it. */
interface Death {
  step: number;
  at: number;
  behind: boolean;
}

const isLate = ({ step, at, behind }: Death, now: number, count: number) =>
  now > step || (now === step && (count > at || (count === at && !behind)));

/** Plays a story; gives how many steps each run had, and what is owed in the end. */
async function play(workspace: Workspace, story: readonly Step[], death?: Death) {
  let owed: Announcement[] = [];
  const counts: number[] = [];
  let lost = 0;
  const run = async (n: number) => {
    let count = 0;
    let isDead = false;
    const takeStep = () => {
      count += 1;
      if (death && death.step === n && isLate(death, n, count)) isDead = true;
      return isDead;
    };
    const gone = () => new Error('the process is gone');
    const store: LedgerStore = {
      ...workspace.store,
      write: async (...args) => {
        if (takeStep()) throw gone();
        return workspace.store.write(...args);
      },
    };
    workspace.slack.faults.clear();
    let struck = false;
    workspace.slack.faults.add({ when: () => (struck = takeStep()), effect: { kind: 'drop' } });
    workspace.slack.faults.add({
      when: ({ args }) => {
        const isLost = !struck && death?.step === n && death.behind && count === death.at;
        if (isLost && args.thread_ts === undefined) lost += 1;
        return isLost;
      },
      effect: { kind: 'lost-answer' },
    });
    const deliveries = await slackIn({ ...workspace.options, store }).publish(owed);
    workspace.slack.faults.clear();
    counts.push(count);
    const isKilled = death?.step === n && count >= death.at;
    // Whoever is dead settles nothing.
    if (!isKilled) owed = owed.filter(({ id }) => !deliveries.some((each) => each.id === id && each.delivered));
    workspace.pass(1_800_000);
  };
  for (const [n, step] of story.entries()) {
    if (step.know) await workspace.know(step.know);
    if (step.plan) await workspace.knowPlan({ plan: step.plan, pending: [] } satisfies PlanState);
    owed = [...owed, ...step.tell].map((each) => asItIs(each, step));
    if (owed.length > 0) await run(n);
    else counts.push(0);
  }
  for (let more = 0; more < 3 && owed.length > 0; more += 1) await run(1_000);
  return { counts, owed, lost };
}

const buttonsOf = (text: string) => text.split('\n').filter((line) => line.startsWith('['));
// A question that comes after its answer says so; it is not the answer.
const headAndButtons = (text: string) => [
  text.split('\n')[0]?.replace(/^(SUPERSEDED: the plan for|PROPOSED:) (.*) (is void|hold 6 addresses)/, 'VOID: $2'),
  ...buttonsOf(text),
];
// Details are told of what is there when they are told.
const STEP = /^\d\d:\d\d UTC {2}/;
const firstLines = (texts: readonly string[]) => texts.map((text) => text.split('\n')[0]);

async function outcome(story: readonly Step[], death?: Death) {
  const workspace = await startWorkspace({ rates: false, routes: [{ channel: ONCALL, atLeast: 'critical' }, { channel: PLATFORM }] });
  try {
    const played = await play(workspace, story, death);
    const channels = [PLATFORM, ONCALL].map((channel) => [channel, workspace.shown(channel)] as const);
    // What was left says where it goes on, and asks nothing; what was not would count as one too many.
    const tops = channels.flatMap(([, shown]) => shown).filter((top) => !/^Goes on in/m.test(top) || top.includes('['));
    const replies = channels.flatMap(([channel, shown]) => shown.flatMap((_, n) => workspace.replies(n, channel)));
    return {
      ...played,
      tops,
      replies: firstLines(replies).flatMap((reply = '') => (STEP.test(reply) ? [reply.replace(STEP, '')] : [])),
      claims: (await workspace.messages()).filter(({ claim }) => claim).length,
    };
  } finally {
    await workspace.slack.stop();
  }
}

/** Before and after each of the calls of a step. */
const crashesIn = (calls: number, step: number) =>
  Array.from({ length: calls }, (_, call) => [false, true].map((behind) => ({ step, at: call + 1, behind }))).flat();

describe.each(STORIES)('%s', (_, story) => {
  it('is told wholly and once, wherever a run ends', async () => {
    const clean = await outcome(story);
    // What nobody is owed is told by whoever comes by in time.
    const isVoid = story.some(({ tell }) => tell.some(({ id }) => id.includes('#superseded#')));
    const isOwed = (reply: string) => isVoid || !reply.startsWith('SUPERSEDED');
    expect(clean).toMatchObject({ owed: [], claims: 0 });
    for (const crash of clean.counts.flatMap(crashesIn)) {
      const { at, behind } = crash;
      const crashed = await outcome(story, crash);
      expect({ crash, owed: crashed.owed, claims: crashed.claims }).toEqual({ crash, owed: [], claims: 0 });
      // Between Slack and ledger nobody knows that it was posted: the first step claims, the second posts, the third keeps where.
      const isUnknown = (at === 2 && behind) || (at === 3 && !behind);
      expect({ crash, more: crashed.tops.length - clean.tops.length > (isUnknown ? 1 : 0) }).toEqual({ crash, more: false });
      // The newest message of each thing stands as if nothing had happened.
      expect({ crash, tops: crashed.tops.map(headAndButtons) }).toEqual({
        crash,
        tops: expect.arrayContaining(clean.tops.map(headAndButtons)),
      });
      const told = [...firstLines(crashed.tops), ...crashed.replies];
      expect({ crash, missing: clean.replies.filter((reply) => isOwed(reply) && !told.includes(reply)) }).toEqual({ crash, missing: [] });
    }
  });
});
