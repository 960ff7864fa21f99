import type { Timeline } from '../clock.ts';
import type { SandboxCall } from './faults.ts';

export interface Buckets {
  /** False: the bucket of this call is empty. */
  take(call: SandboxCall): boolean;
}

interface Size {
  capacity: number;
  perSecond: number;
}

// https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
const DESCRIBE: Size = { capacity: 100, perSecond: 20 };
const UNFILTERED: Size = { capacity: 50, perSecond: 10 };
const MUTATING: Size = { capacity: 50, perSecond: 5 };
const OWN: Readonly<Record<string, Size>> = {
  CreateNetworkInterface: { capacity: 100, perSecond: 5 },
  DeleteNetworkInterface: { capacity: 100, perSecond: 5 },
  ModifyNetworkInterfaceAttribute: { capacity: 100, perSecond: 5 },
  CreateTags: { capacity: 100, perSecond: 10 },
  DeleteTags: { capacity: 100, perSecond: 10 },
  AuthorizeSecurityGroupIngress: { capacity: 50, perSecond: 5 },
  RevokeSecurityGroupIngress: { capacity: 50, perSecond: 5 },
  DescribeSecurityGroupReferences: { capacity: 20, perSecond: 5 },
  DescribeStaleSecurityGroups: { capacity: 20, perSecond: 5 },
};
const COSTLY_UNFILTERED = new Set(['DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups']);

function bucketOf({ action, params, mutating }: SandboxCall): { name: string; size: Size } {
  const own = OWN[action];
  if (own) return { name: action, size: own };
  if (mutating) return { name: action, size: MUTATING };
  const narrowed = Object.keys(params).some((name) => name !== 'DryRun' && name !== 'IncludeManagedResources');
  return COSTLY_UNFILTERED.has(action) && !narrowed ? { name: `${action} unfiltered`, size: UNFILTERED } : { name: action, size: DESCRIBE };
}

/** EC2's token buckets: one per region and call, filled by the sandbox's clock. */
export function createBuckets(timeline: Timeline): Buckets {
  const levels = new Map<string, { tokens: number; at: number }>();
  return {
    take: (call) => {
      if (call.service !== 'ec2') return true;
      const { name, size } = bucketOf(call);
      const key = `${call.region} ${name}`;
      const at = timeline.now().getTime();
      const level = levels.get(key) ?? { tokens: size.capacity, at };
      const tokens = Math.min(size.capacity, level.tokens + (Math.max(0, at - level.at) / 1000) * size.perSecond);
      levels.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at });
      return tokens >= 1;
    },
  };
}
