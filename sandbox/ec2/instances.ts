import type { XmlValue } from '../query/xml.ts';
import type { Instance, NetworkInterface, RegionState } from '../world/state.ts';
import type { Ec2Action } from './action.ts';
import { describe } from './describe.ts';
import { renderNetworkInterface } from './interfaces/network-interfaces.ts';
import { INSTANCE } from './kinds.ts';
import { privateDnsName, renderOperator, renderTags, zoneId } from './render.ts';

const STATE_CODES: Readonly<Record<Instance['state'], number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

// Branches hang on the trunk, and EC2 never shows them under an instance.
const interfacesOf = ({ id }: Instance, { interfaces }: RegionState): NetworkInterface[] =>
  [...interfaces.values()].filter(({ attachment, interfaceType }) => attachment?.instanceId === id && interfaceType !== 'branch');

/** One reservation for each instance. A terminated one has lost its network, as on EC2. */
function renderReservation(instance: Instance, state: RegionState): XmlValue {
  const present = instance.state !== 'terminated';
  return {
    reservationId: `r-${instance.id.slice(2)}`,
    ownerId: instance.ownerId,
    groupSet: [],
    instancesSet: [
      {
        instanceId: instance.id,
        imageId: 'ami-00000000000000001',
        instanceState: { code: STATE_CODES[instance.state], name: instance.state },
        instanceType: instance.instanceType,
        launchTime: instance.launchTime,
        placement: {
          availabilityZone: instance.availabilityZone,
          availabilityZoneId: zoneId(instance.availabilityZone),
          tenancy: 'default',
        },
        privateDnsName: present ? privateDnsName(instance.privateIpAddress, state) : '',
        privateIpAddress: present ? instance.privateIpAddress : undefined,
        subnetId: present ? instance.subnetId : undefined,
        vpcId: present ? instance.vpcId : undefined,
        architecture: 'x86_64',
        platform: instance.platform,
        platformDetails: instance.platform === 'windows' ? 'Windows' : 'Linux/UNIX',
        networkInterfaceSet: interfacesOf(instance, state).map((eni) => {
          const { tagSet: _, availabilityZone: __, requesterId: ___, ...shown } = renderNetworkInterface(eni, state);
          return shown;
        }),
        tagSet: renderTags(instance.tags),
        metadataOptions: { state: 'applied', httpTokens: 'required', httpPutResponseHopLimit: 2, httpEndpoint: 'enabled' },
        operator: renderOperator(instance.operator),
      },
    ],
  };
}

export const describeInstances: Ec2Action = describe<Instance>({
  kind: INSTANCE,
  idParameter: 'InstanceId',
  otherParameters: ['IncludeManagedResources'],
  all: ({ instances }) => instances,
  isHidden: ({ operator }) => operator?.managed ?? false,
  filters: {
    'availability-zone': (instance) => [instance.availabilityZone],
    'instance.group-id': (instance, state) => interfacesOf(instance, state).flatMap(({ groups }) => groups),
    'instance-id': (instance) => [instance.id],
    'instance-state-code': (instance) => [String(STATE_CODES[instance.state])],
    'instance-state-name': (instance) => [instance.state],
    'instance-type': (instance) => [instance.instanceType],
    'network-interface.network-interface-id': (instance, state) => interfacesOf(instance, state).map(({ id }) => id),
    'operator.managed': (instance) => [String(instance.operator?.managed ?? false)],
    'operator.principal': (instance) => [instance.operator?.principal],
    'owner-id': (instance) => [instance.ownerId],
    platform: (instance) => [instance.platform],
    'private-ip-address': (instance) => [instance.privateIpAddress],
    'subnet-id': (instance) => [instance.subnetId],
    'vpc-id': (instance) => [instance.vpcId],
  },
  tagsOf: ({ tags }) => tags,
  resultSet: 'reservationSet',
  render: renderReservation,
});
