import type { INTERFACE_EVIDENCE } from '../../domain/evidence/parts.ts';
import type { EvidenceOf } from '../../domain/evidence/read.ts';
import type { NetworkInterface, Sighting } from '../../domain/inventory.ts';
import { KEEP_TAG } from '../../domain/tags.ts';
import type { ProofPoint, Remedy } from '../../domain/verdict.ts';

/** What every finding about an interface shows: the proof, the interface, what it blocks, how often it was seen. */
export function interfaceEvidence(
  eni: NetworkInterface,
  proof: readonly ProofPoint[],
  sighting: Sighting | undefined,
): EvidenceOf<typeof INTERFACE_EVIDENCE> {
  return {
    proof,
    interface: {
      id: eni.id,
      status: eni.status,
      subnetId: eni.subnetId,
      vpcId: eni.vpcId,
      availabilityZone: eni.availabilityZone,
      addresses: [...eni.privateIpAddresses, ...eni.ipv6Addresses, ...eni.prefixes],
      securityGroups: eni.groups,
    },
    // EC2 refuses to delete a group, subnet or VPC while any interface is in it.
    blocks: { securityGroups: eni.groups.map((group) => group.id), subnet: eni.subnetId, vpc: eni.vpcId },
    ...(sighting ? { sightings: { count: sighting.count, first: sighting.first, newest: sighting.newest } } : {}),
  };
}

/** How often and since when, for a finding whose sightings the ledger keeps. */
export const seenSince = (sighting: Sighting | undefined) =>
  sighting ? { seen: { sightings: sighting.count, firstSeen: sighting.first } } : {};

/** What to do about a proven orphan: delete it by hand, unless somebody tagged it to be kept; whoever follows a message must not undo that. */
export const deletionRemedy = ({ id, tags }: Pick<NetworkInterface, 'id' | 'tags'>, region: string, summary: string): Remedy =>
  tags[KEEP_TAG] === undefined
    ? { summary, commands: [deleteCommand(id, region)] }
    : { summary: `Leave it: it is tagged ${KEEP_TAG}. When it is not needed any more, remove the tag.`, commands: [] };

const deleteCommand = (id: string, region: string): string =>
  `aws ec2 delete-network-interface --region ${region} --network-interface-id ${id}`;

/** What the deciding points say, as one clause. */
export const because = (points: readonly ProofPoint[]): string => points.map((point) => point.says).join('; ');
