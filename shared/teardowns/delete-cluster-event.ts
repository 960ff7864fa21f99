// EKS has no native event for a deletion: it arrives as a CloudTrail record (facts: source aws.eks, best-effort).
import * as v from 'valibot';
import type { DeletedCluster } from './teardown.ts';

/** The pattern of the EventBridge rule. Other services have a DeleteCluster too, and a failed call is delivered like any other. */
export const pattern = {
  source: ['aws.eks'],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: { eventSource: ['eks.amazonaws.com'], eventName: ['DeleteCluster'], errorCode: [{ exists: false }] },
} as const;

const text = v.pipe(v.string(), v.nonEmpty());
const optionalText = v.nullish(text);
// CloudTrail writes the creation as seconds with a fraction, the API as a date: either is accepted.
const created = v.nullish(
  v.pipe(
    v.union([v.number(), v.string()]),
    v.transform((value) => new Date(typeof value === 'number' ? value * 1000 : value)),
    v.check((date) => Number.isFinite(date.getTime()), 'is no time'),
    v.transform((date) => date.toISOString()),
  ),
);

const CLUSTER = v.looseObject({
  name: optionalText,
  arn: optionalText,
  createdAt: created,
  roleArn: optionalText,
  resourcesVpcConfig: v.nullish(
    v.looseObject({ vpcId: optionalText, subnetIds: v.nullish(v.array(text)), clusterSecurityGroupId: optionalText }),
  ),
});

const EVENT = v.looseObject({
  account: v.pipe(v.string(), v.regex(/^\d{12}$/, 'is no account id')),
  region: text,
  time: v.pipe(
    v.string(),
    v.check((time) => Number.isFinite(Date.parse(time)), 'is no time'),
  ),
  detail: v.looseObject({
    eventSource: v.literal('eks.amazonaws.com'),
    eventName: v.literal('DeleteCluster'),
    errorCode: optionalText,
    userIdentity: v.nullish(v.looseObject({ arn: optionalText, principalId: optionalText })),
    requestParameters: v.nullish(v.looseObject({ name: optionalText, clusterName: optionalText })),
    responseElements: v.nullish(v.looseObject({ cluster: v.nullish(CLUSTER) })),
  }),
});

/** A deletion that somebody asked for, with all that only this event tells. */
export interface Deletion {
  accountId: string;
  region: string;
  cluster: DeletedCluster;
  principal: string | undefined;
  at: string;
}

export type ParsedEvent<T> = { ok: true; value: T } | { ok: false; reason: string };

/** The deletion that an EventBridge event tells of, or why it tells of none. */
export function parseDeleteCluster(event: unknown): ParsedEvent<Deletion> {
  const parsed = v.safeParse(EVENT, event);
  if (!parsed.success) {
    const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'the event'}: ${issue.message}`);
    return { ok: false, reason: `not an EKS DeleteCluster event: ${problems.join('; ')}` };
  }
  const { account, region, time, detail } = parsed.output;
  if (detail.errorCode) return { ok: false, reason: `the call failed (${detail.errorCode}), so nothing was deleted` };
  const described = detail.responseElements?.cluster;
  const name = described?.name ?? detail.requestParameters?.name ?? detail.requestParameters?.clusterName;
  if (!name) return { ok: false, reason: 'the event names no cluster' };
  const network = described?.resourcesVpcConfig;
  const cluster: DeletedCluster = {
    name,
    arn: described?.arn ?? undefined,
    createdAt: described?.createdAt ?? undefined,
    vpcId: network?.vpcId ?? undefined,
    subnetIds: network?.subnetIds ?? [],
    clusterSecurityGroupId: network?.clusterSecurityGroupId ?? undefined,
    roleArn: described?.roleArn ?? undefined,
  };
  const principal = detail.userIdentity?.arn ?? detail.userIdentity?.principalId ?? undefined;
  return { ok: true, value: { accountId: account, region, cluster, principal, at: new Date(time).toISOString() } };
}
