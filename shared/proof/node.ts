import type { InstanceAnswer, InterfaceAnswer, NetworkInterface } from '../domain/inventory.ts';
import { describeFailure, type ItemReads, itemOf } from '../domain/read.ts';
import { INSTANCE_TAG, isInstanceId, isInterfaceId, TRUNK_TAG } from '../domain/tags.ts';
import type { ProofPoint } from '../domain/verdict.ts';

type Step = Pick<ProofPoint, 'outcome' | 'says'>;

function trunkStep(eni: NetworkInterface, trunks: ItemReads<InterfaceAnswer>): Step {
  const id = eni.tags[TRUNK_TAG];
  if (id === undefined) return { outcome: 'undecidable', says: `no tag ${TRUNK_TAG}: nothing tells which trunk it belonged to` };
  if (!isInterfaceId(id))
    return { outcome: 'undecidable', says: `tag ${TRUNK_TAG} holds ${JSON.stringify(id)}, which no interface can be` };
  const read = itemOf(trunks, id);
  if (!read) return { outcome: 'unread', says: `trunk ${id} was not asked for` };
  if (!read.ok) return { outcome: 'unread', says: describeFailure(read.reason) };
  if (!read.value.found) return { outcome: 'holds', says: `trunk ${id} does not exist` };
  const { status, attachment } = read.value.interface;
  if (status === 'available') return { outcome: 'holds', says: `trunk ${id} is itself available` };
  return { outcome: 'waits', says: `waiting for trunk ${id}${attachment?.instanceId ? ` on ${attachment.instanceId}` : ''} (${status})` };
}

function instanceStep(eni: NetworkInterface, instances: ItemReads<InstanceAnswer>): Step {
  const id = eni.tags[INSTANCE_TAG];
  // Controllers before v1.7.0 do not write this tag; then the trunk alone has to answer.
  if (id === undefined) return { outcome: 'holds', says: 'no instance is named (controllers before v1.7.0 name none)' };
  if (!isInstanceId(id))
    return { outcome: 'undecidable', says: `tag ${INSTANCE_TAG} holds ${JSON.stringify(id)}, which no instance can be` };
  const read = itemOf(instances, id);
  if (!read) return { outcome: 'unread', says: `instance ${id} was not asked for` };
  if (!read.ok) return { outcome: 'unread', says: describeFailure(read.reason) };
  if (!read.value.found) return { outcome: 'holds', says: `instance ${id} does not exist` };
  if (read.value.state === 'terminated') return { outcome: 'holds', says: `instance ${id} is terminated` };
  return { outcome: 'waits', says: `waiting for instance ${id} (${read.value.state})` };
}

// The weakest step decides, and what is certain goes before what is not known.
const ORDER = ['fails', 'waits', 'undecidable', 'unread', 'holds'] as const;

function joined(steps: readonly Step[]): Step {
  const outcome = ORDER.find((each) => steps.some((step) => step.outcome === each)) ?? 'undecidable';
  return {
    outcome,
    says: steps
      .filter((step) => step.outcome === outcome)
      .map((step) => step.says)
      .join('; '),
  };
}

/** Point 4: neither the trunk nor the instance that the tags name is there any more. */
export function trunkAndInstanceGone(
  eni: NetworkInterface,
  trunks: ItemReads<InterfaceAnswer>,
  instances: ItemReads<InstanceAnswer>,
): ProofPoint {
  return { point: 'trunk-and-instance-gone', ...joined([trunkStep(eni, trunks), instanceStep(eni, instances)]) };
}

/** The same for a trunk, which is its own trunk: only its instance is asked for. */
export function instanceGone(trunk: NetworkInterface, instances: ItemReads<InstanceAnswer>): ProofPoint {
  return { point: 'instance-gone', ...instanceStep(trunk, instances) };
}
