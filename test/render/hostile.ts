// Announcements that no account should hold, and any account may.
import fc from 'fast-check';
import type { Actor, Change, ChangedRule, PathNews } from '../../shared/changes/change.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import type { DailyDigest } from '../../shared/digests/digest.ts';
import type { Finding, TransitionKind } from '../../shared/domain/finding.ts';
import { SEVERITIES, TOPICS } from '../../shared/domain/verdict.ts';
import type { PlannedDeletion } from '../../shared/plans/deletion.ts';
import type { Decision, PlanEvent, ProposedPlan } from '../../shared/plans/plan.ts';
import type { DeletedCluster, Leftover } from '../../shared/teardowns/teardown.ts';

const NASTY = [
  '\u001b[2J',
  '\u0000',
  '\n',
  '\r\n',
  '\u202e',
  '\u2028',
  '\u200b',
  '\ud800',
  '\udc00',
  '\uffff',
  '\u{e0001}',
  '😀👩‍👩‍👧',
  '"',
  '\\',
  '`',
  '<!channel>',
  '<@U123>',
  '&lt;!here&gt;',
  '@here',
  '<https://evil.example|click>',
  'https://evil.example/x',
  'www.evil.example',
  '[click](https://evil.example)',
  '*bold*',
  '_italic_',
  '~gone~',
  ':fire:',
  ': ',
  '; ',
  '+',
  '{"default":1}',
  'ü'.repeat(255),
  'x'.repeat(255),
];

const nasty = fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 8 }), fc.lorem({ maxCount: 3 })), {
  maxLength: 5,
});

/** A name, a tag, a message of somebody else's choosing. */
export const text = nasty.map((parts) => parts.join(''));

const texts = fc.array(text, { maxLength: 3 });
const huge = fc.constantFrom('a', '"', '\u0000', '😀', '\\', '\ud800').map((unit) => unit.repeat(300 * 1024));
const tree: fc.Arbitrary<unknown> = fc.oneof(text, huge, fc.jsonValue(), fc.bigInt(), fc.constant(undefined), fc.constant(Number.NaN));
const evidence = fc.oneof(
  fc.constant({}),
  fc.record({ proof: fc.anything(), blocks: fc.anything(), unlockSet: fc.anything(), trunks: tree }),
  fc.record({
    proof: fc.array(fc.record({ point: text, outcome: fc.constantFrom('holds', 'waits'), says: text }), { maxLength: 4 }),
    blocks: fc.record({ securityGroups: texts, subnet: text, vpc: text }),
    more: fc.array(tree, { maxLength: 3 }),
  }),
  fc.dictionary(text, tree, { maxKeys: 4 }),
);

const PLAN_EVENTS: PlanEvent[] = ['proposed', 'approved', 'rejected', 'expired', 'superseded', 'finished'];
const KINDS: TransitionKind[] = ['opened', 'changed', 'resolved', 'suppressed', 'approved', 'cleaned', 'cleanup-failed'];

const finding: fc.Arbitrary<Finding> = fc.record({
  id: text,
  ruleId: text,
  topic: fc.constantFrom(...TOPICS),
  severity: fc.constantFrom(...SEVERITIES),
  verdict: fc.constant('fail' as const),
  state: fc.oneof(fc.constantFrom('orphan', 'suspect'), text),
  subject: fc.record({ type: fc.constant('network-interface' as const), id: text }),
  cluster: fc.option(text),
  summary: text,
  evidence,
  remedy: fc.record({ summary: text, commands: fc.oneof(texts, fc.array(fc.constant('x'.repeat(20_000)), { maxLength: 30 })) }),
  sightings: fc.nat(),
  firstSeen: text,
});

const target = fc.record({ accountId: text, region: text });
const cluster: fc.Arbitrary<DeletedCluster> = fc.record({
  name: text,
  arn: fc.option(text, { nil: undefined }),
  createdAt: fc.option(text, { nil: undefined }),
  vpcId: fc.option(text, { nil: undefined }),
  subnetIds: texts,
  clusterSecurityGroupId: fc.option(text, { nil: undefined }),
  roleArn: fc.option(text, { nil: undefined }),
});
const leftover: fc.Arbitrary<Leftover> = fc.record({
  id: text,
  kind: fc.constantFrom('branch-interface' as const, 'other-interface' as const),
  status: text,
  description: text,
  ours: fc.boolean(),
  state: fc.option(text, { nil: undefined }),
  says: text,
  blocks: fc.record({ securityGroups: texts, subnet: text, vpc: text }),
});

const transition: fc.Arbitrary<Announcement> = fc
  .record({ id: text, target, finding, kind: fc.constantFrom(...KINDS), at: text, says: text, cause: text })
  .map(({ id, target, finding, ...change }) => ({
    kind: 'transition',
    id,
    target,
    finding,
    transition: { ...change, findingId: finding.id },
  }));
const outcome = fc.constantFrom('clean' as const, 'superseded' as const, 'leftovers' as const);
const leftovers = fc.oneof(
  fc.array(leftover, { maxLength: 3 }),
  leftover.map((one) => Array.from({ length: 2_500 }, () => one)),
);
const certificate: fc.Arbitrary<Announcement> = fc
  .record({ id: text, target, certificate: fc.record({ outcome, at: text, cluster, leftovers, says: text }) })
  .map((parts) => ({ kind: 'certificate', ...parts }));
const warning: fc.Arbitrary<Announcement> = fc
  .record({
    id: text,
    target,
    warning: fc.record({
      at: text,
      cluster,
      principal: fc.option(text, { nil: undefined }),
      branchesInUse: fc.nat(),
      branchesAvailable: fc.nat(),
      says: text,
      advice: fc.oneof(
        texts,
        text.map((one) => Array.from({ length: 200 }, () => one)),
      ),
    }),
  })
  .map((parts) => ({ kind: 'warning', ...parts }));

const many = <T>(one: fc.Arbitrary<T>, count: number): fc.Arbitrary<T[]> =>
  fc.oneof(
    fc.array(one, { maxLength: 3 }),
    one.map((each) => Array.from({ length: count }, () => each)),
  );
const planned: fc.Arbitrary<PlannedDeletion> = fc.record({
  interfaceId: text,
  cluster: text,
  findingId: text,
  fingerprint: text,
  since: text,
  addresses: fc.oneof(texts, many(text, 50)),
  owners: fc.constant({ clusters: [], trunk: undefined, instance: undefined }),
  proof: fc.array(fc.record({ point: text, outcome: fc.constantFrom('holds' as const, 'unread' as const), says: text }), { maxLength: 9 }),
});
const OUTCOMES = ['deleted', 'already-gone', 'refused', 'failed', 'left'] as const;
const outcomeOf = fc.record({ interfaceId: text, status: fc.constantFrom(...OUTCOMES), guard: text, says: text });
const WHYS = ['denied', 'error', 'time'] as const;
const result = fc.record({
  at: text,
  outcomes: many(outcomeOf, 1_000),
  stop: fc.option(fc.record({ why: fc.constantFrom(...WHYS), says: text }), { nil: undefined }),
});
const decision: fc.Arbitrary<Decision> = fc.record({
  verdict: fc.constantFrom('approve' as const, 'reject' as const),
  by: text,
  via: fc.constantFrom('cli' as const, 'auto' as const),
  at: text,
});
const proposed: fc.Arbitrary<ProposedPlan> = fc.record({
  id: fc.oneof(text, fc.constant('0123456789abcdef')),
  round: fc.nat(),
  cluster: fc.oneof(text, fc.constant('-')),
  plan: fc.record({
    target,
    createdAt: text,
    digest: text,
    deletions: many(planned, 1_000),
    refusals: many(fc.record({ interfaceId: text, cluster: fc.option(text), guard: text, reason: text }), 1_000),
    unblocks: many(fc.record({ subject: fc.record({ type: fc.constant('vpc' as const), id: text }), summary: text }), 300),
  }),
  status: fc.constantFrom('waiting' as const, 'done' as const, 'expired' as const),
  proposedAt: text,
  expiresAt: text,
  ledger: fc.oneof(text, fc.constant('dynamodb:warden@eu-west-1')),
  publishers: texts,
  announced: fc.boolean(),
  decision,
  result,
  says: text,
});
const remedy = fc.record({ summary: text, commands: fc.oneof(texts, fc.array(fc.constant('x'.repeat(20_000)), { maxLength: 30 })) });
const actor: fc.Arbitrary<Actor> = fc.record({
  principal: text,
  session: fc.option(text),
  role: fc.option(text),
  invokedBy: fc.option(text),
  tool: text,
  sourceAddress: fc.option(text),
});
const peer = fc.record({ kind: fc.constant('cidr-ipv4' as const), cidr: text });
const port = fc.option(fc.integer());
const rule: fc.Arbitrary<ChangedRule> = fc.record({
  id: fc.option(text),
  groupId: text,
  isEgress: fc.option(fc.boolean()),
  ipProtocol: text,
  fromPort: port,
  toPort: port,
  peer,
  description: fc.option(text),
});
const change: fc.Arbitrary<Change> = fc.record({
  id: text,
  at: text,
  call: text,
  actor,
  groupIds: texts,
  interfaceIds: texts,
  cluster: fc.option(text),
  what: fc.record({ kind: fc.constant('rules-revoked' as const), isEgress: fc.boolean(), rules: many(rule, 1_000) }),
});
const news: fc.Arbitrary<PathNews> = fc.record({
  findingId: text,
  ruleId: fc.oneof(text, fc.constant('dns-path-blocked'), fc.constant('constructor')),
  severity: fc.constantFrom(...SEVERITIES),
  setId: text,
  pods: fc.nat(),
  interfaces: texts,
  says: text,
  fix: fc.option(remedy),
});
const changed: fc.Arbitrary<Announcement> = fc
  .record({
    id: text,
    target,
    notice: fc.record({
      id: text,
      at: text,
      cluster: text,
      changes: many(fc.record({ change, who: text, says: text, undo: remedy }), 10),
      moreChanges: fc.nat(),
      lost: many(news, 50),
      regained: many(news, 50),
    }),
  })
  .map((parts) => ({ kind: 'change', ...parts }));
const plan: fc.Arbitrary<Announcement> = fc
  .record({ id: text, target, plan: proposed, event: fc.constantFrom(...PLAN_EVENTS), at: text, says: text, isOlder: fc.boolean() })
  .map(({ id, target, plan, isOlder, ...notice }) => {
    return { kind: 'plan', id, target, plan, notice: { ...notice, plan: isOlder ? 'fedcba9876543210' : plan.id } };
  });

const counts = fc.nat({ max: 100_000 });
const counted = fc.record({
  open: counts,
  orphans: counts,
  suspects: counts,
  addresses: counts,
  dnsSets: counts,
  probeSets: counts,
  accepted: counts,
});
const some = <T>(one: fc.Arbitrary<T>) => many(one, 60).chain((first) => counts.map((more) => ({ count: first.length + more, first })));
const digest: fc.Arbitrary<DailyDigest> = fc.record({
  tone: fc.constantFrom('open' as const, 'quiet' as const),
  ...{ at: text, since: text, toldAt: fc.option(text, { nil: undefined }) },
  now: counted,
  before: fc.option(fc.record({ at: text, numbers: counted }), { nil: undefined }),
  ...{ fresh: counts, resolved: counts, cleaned: counts, lapsed: counts },
  open: some(
    fc.record({
      ...{ region: text, cluster: fc.option(text), ruleId: text, state: text, severity: fc.constantFrom(...SEVERITIES) },
      ...{ count: counts, fresh: counts, addresses: counts, oldest: text, example: text },
    }),
  ),
  gone: some(
    fc.record({
      how: fc.constantFrom('resolved' as const, 'cleaned' as const),
      region: text,
      cluster: fc.option(text),
      ruleId: text,
      count: counts,
    }),
  ),
  unreadable: some(fc.record({ region: text, says: text, slices: texts })),
  expiring: some(fc.record({ findingId: text, region: text, summary: text, owner: text, until: text })),
  plans: some(fc.record({ id: text, region: text, cluster: text, interfaces: counts, expiresAt: text })),
  regions: some(
    fc.record({
      ...{ region: text, ledger: text, audits: counts, isStale: fc.boolean() },
      lastAudit: fc.option(text, { nil: undefined }),
      lastIncomplete: fc.option(fc.record({ at: text, says: text }), { nil: undefined }),
    }),
  ),
});
const daily: fc.Arbitrary<Announcement> = fc.record({ id: text, target, digest }).map((parts) => ({ kind: 'daily', ...parts }));

/** Any announcement that the types allow. */
export const announcement: fc.Arbitrary<Announcement> = fc.oneof(
  { weight: 3, arbitrary: transition },
  certificate,
  warning,
  plan,
  changed,
  daily,
);
