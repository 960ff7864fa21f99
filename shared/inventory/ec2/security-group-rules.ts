import { DescribeSecurityGroupRulesCommand, type EC2Client, type SecurityGroupRule as Ec2Rule } from '@aws-sdk/client-ec2';
import { inBatches } from '../../aws/batches.ts';
import { eachPage, PAGE_SIZE } from '../../aws/pages.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { ItemReads } from '../../domain/read.ts';
import type { RulePeer, SecurityGroupRule } from '../../domain/security-group.ts';
import { defineItemSlice } from '../define.ts';
import { heldGroups } from '../holders.ts';

const DESCRIBE_SECURITY_GROUP_RULES = 'ec2:DescribeSecurityGroupRules';

/** Whom a rule is about. EC2 states exactly one of four; anything else opens nothing that we could vouch for. */
function peerOf({ CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo: group }: Ec2Rule): RulePeer {
  const peers: RulePeer[] = [
    ...(CidrIpv4 ? [{ kind: 'cidr-ipv4', cidr: CidrIpv4 } as const] : []),
    ...(CidrIpv6 ? [{ kind: 'cidr-ipv6', cidr: CidrIpv6 } as const] : []),
    ...(PrefixListId ? [{ kind: 'prefix-list', id: PrefixListId } as const] : []),
    ...(group?.GroupId
      ? [
          {
            kind: 'group',
            groupId: group.GroupId,
            userId: group.UserId || undefined,
            vpcId: group.VpcId || undefined,
            peeringStatus: group.PeeringStatus || undefined,
            vpcPeeringConnectionId: group.VpcPeeringConnectionId || undefined,
          } as const,
        ]
      : []),
  ];
  const [only] = peers;
  if (only && peers.length === 1) return only;
  return { kind: 'unrecognised', says: only ? `it names ${peers.length} peers at once` : 'it names no peer' };
}

function project(rule: Ec2Rule): SecurityGroupRule {
  const { SecurityGroupRuleId: id, GroupId: groupId, IsEgress: isEgress, IpProtocol: ipProtocol } = rule;
  if (!groupId || isEgress === undefined || !ipProtocol) {
    throw new MalformedAnswer(`the answer holds a rule ${id ?? 'without id'} without its group, direction or protocol`);
  }
  return { id: id ?? '', groupId, isEgress, ipProtocol, fromPort: rule.FromPort, toPort: rule.ToPort, peer: peerOf(rule) };
}

/** All rules per group, both directions; empty when the complete answer holds none, because a group may have none. */
async function collectSecurityGroupRules(
  ec2: EC2Client,
  groupIds: readonly string[],
  clock: () => Date,
): Promise<ItemReads<readonly SecurityGroupRule[]>> {
  return inBatches<readonly SecurityGroupRule[]>(
    { action: DESCRIBE_SECURITY_GROUP_RULES, ids: groupIds, clock, absent: [] },
    async (batch) => {
      const rules = new Map<string, Map<string, SecurityGroupRule>>();
      await eachPage(
        [
          ec2,
          DescribeSecurityGroupRulesCommand,
          {
            Filters: [{ Name: 'group-id', Values: batch }],
            MaxResults: PAGE_SIZE,
          },
          'SecurityGroupRules',
        ],
        (page) => {
          for (const rule of page.map(project)) {
            const ofGroup = rules.get(rule.groupId) ?? new Map<string, SecurityGroupRule>();
            rules.set(rule.groupId, ofGroup.set(rule.id || `nameless-${ofGroup.size}`, rule));
          }
        },
      );
      return new Map([...rules].map(([id, ofGroup]) => [id, [...ofGroup.values()]]));
    },
  );
}

export const securityGroupRules = defineItemSlice({
  name: 'securityGroupRules',
  reads: 'what their security groups allow',
  service: 'ec2',
  actions: [DESCRIBE_SECURITY_GROUP_RULES],
  after: ['podEnis', 'podClusters'],
  beside: ['taggedGroups', 'nodes', 'fargateEnis', 'controlPlaneEnis'],
  read: ({ clients, clock }, read) => collectSecurityGroupRules(clients.ec2, heldGroups(read), clock),
});
