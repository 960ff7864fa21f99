import type { Actor, Change, ChangedRule, ChangeNotice, ChangeState, NotedChange, PathNews } from '../../shared/changes/change.ts';
import { aboutOf } from './about.ts';

export const GROUP = 'sg-0aaaaaaaaaaaaaaa1';
export const NODES = 'sg-0bbbbbbbbbbbbbbb2';
export const CHANGED_AT = '2026-11-20T18:33:07.000Z';

export const actor = (parts: Partial<Actor> = {}): Actor => ({
  principal: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
  session: 'alice',
  role: 'arn:aws:iam::111122223333:role/Admin',
  invokedBy: null,
  tool: 'terraform',
  sourceAddress: '203.0.113.7',
  ...parts,
});

export const changedRule = (parts: Partial<ChangedRule> = {}): ChangedRule => ({
  id: 'sgr-0aaaaaaaaaaaaaaa1',
  groupId: GROUP,
  isEgress: true,
  ipProtocol: 'udp',
  fromPort: 53,
  toPort: 53,
  peer: { kind: 'cidr-ipv4', cidr: '0.0.0.0/0' },
  description: null,
  ...parts,
});

/** Egress of UDP 53 that was revoked. */
export const change = (parts: Partial<Change> = {}): Change => ({
  id: '5c0a0f5e-0000-4000-8000-000000000001',
  at: CHANGED_AT,
  call: 'RevokeSecurityGroupEgress',
  actor: actor(),
  groupIds: [GROUP],
  interfaceIds: [],
  cluster: null,
  what: { kind: 'rules-revoked', isEgress: true, rules: [changedRule()] },
  ...parts,
});

/** A change that waits for its judgement. */
export const changeState = (parts: Partial<ChangeState> = {}): ChangeState => ({
  change: change(),
  status: 'pending',
  receivedAt: '2026-11-20T18:33:10.000Z',
  judgedAt: null,
  says: '',
  ...parts,
});

const pathOf = (ruleId: string) => {
  const { path } = aboutOf(ruleId);
  return path ? { path } : {};
};

export const news = (parts: Partial<PathNews> = {}): PathNews => ({
  findingId: `dns-path-blocked/111122223333/eu-west-1/payments/${GROUP}`,
  ruleId: 'dns-path-blocked',
  ...pathOf(parts.ruleId ?? 'dns-path-blocked'),
  severity: 'critical',
  setId: GROUP,
  pods: 12,
  interfaces: ['eni-00000000000000001', 'eni-00000000000000002', 'eni-00000000000000003', 'eni-00000000000000004'],
  says: `pods of payments with web (${GROUP}) cannot resolve names: udp 53 is blocked by egress; tcp 53 is open`,
  fix: {
    summary: `Add a rule of ${GROUP} that lets out udp 53 to holders of ${NODES}.`,
    commands: ['aws ec2 authorize-security-group-egress --group-id x'],
  },
  ...parts,
});

export const toldChange = (parts: Partial<NotedChange> = {}): NotedChange => ({
  change: change(),
  who: 'alice (Admin) with terraform from 203.0.113.7',
  says: `revoked egress udp 53 to 0.0.0.0/0 of ${GROUP}`,
  undo: {
    summary: 'Authorize again what was revoked.',
    commands: [
      `aws ec2 authorize-security-group-egress --region eu-west-1 --group-id ${GROUP} --ip-permissions '[{"IpProtocol":"udp","FromPort":53,"ToPort":53,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'`,
    ],
  },
  ...parts,
});

export const changeNotice = (parts: Partial<ChangeNotice> = {}): ChangeNotice => ({
  id: 'payments/0123456789abcdef',
  at: '2026-11-20T18:35:00.000Z',
  cluster: 'payments',
  changes: [toldChange()],
  moreChanges: 0,
  lost: [news()],
  regained: [],
  ...parts,
});
