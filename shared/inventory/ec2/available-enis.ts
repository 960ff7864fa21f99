import { isDeepStrictEqual } from 'node:util';
import type { EC2Client } from '@aws-sdk/client-ec2';
import { attempt } from '../../aws/attempt.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { NetworkInterface } from '../../domain/inventory.ts';
import type { Read } from '../../domain/read.ts';
import { BRANCH_DESCRIPTION, TRUNK_DESCRIPTION } from '../../domain/tags.ts';
import { defineSlice } from '../define.ts';
import { DESCRIBE_INTERFACES, readInterfaces } from './network-interface.ts';

/**
 * Available interfaces of one description. The server filters by description and status, tags are judged in code: an
 * interface whose tags were stripped is a finding, not silence. Filters match wildcards, so both are compared again here.
 */
function collectAvailable(ec2: EC2Client, description: string, clock: () => Date): Promise<Read<readonly NetworkInterface[]>> {
  return attempt({ action: DESCRIBE_INTERFACES, item: `available ${description}` }, clock, async () => {
    // By id: an interface that moves between pages while they are read may be listed twice.
    const found = new Map<string, NetworkInterface>();
    const filters = [
      { Name: 'description', Values: [description] },
      { Name: 'status', Values: ['available'] },
    ];
    await readInterfaces(ec2, filters, (interfaces) => {
      for (const eni of interfaces) {
        if (eni.description !== description || eni.status !== 'available') continue;
        const other = found.get(eni.id);
        if (other && !isDeepStrictEqual(other, eni)) throw new MalformedAnswer(`${eni.id} is listed twice, with different contents`);
        found.set(eni.id, eni);
      }
    });
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  });
}

export const branchEnis = defineSlice({
  name: 'branchEnis',
  reads: 'available branch interfaces',
  service: 'ec2',
  actions: [DESCRIBE_INTERFACES],
  read: ({ clients, clock }) => collectAvailable(clients.ec2, BRANCH_DESCRIPTION, clock),
});

export const trunkEnis = defineSlice({
  name: 'trunkEnis',
  reads: 'available trunk interfaces',
  service: 'ec2',
  actions: [DESCRIBE_INTERFACES],
  read: ({ clients, clock }) => collectAvailable(clients.ec2, TRUNK_DESCRIPTION, clock),
});
