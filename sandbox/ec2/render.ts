import type { XmlValue } from '../query/xml.ts';
import type { Operator, RegionState, Tags } from '../world/state.ts';

export const renderTags = (tags: Tags): XmlValue => Object.entries(tags).map(([key, value]) => ({ key, value }));

/** Group ids with the names that EC2 shows beside them. */
export const renderGroups = (ids: readonly string[], { securityGroups }: RegionState): XmlValue =>
  ids.map((groupId) => ({ groupId, groupName: securityGroups.get(groupId)?.name ?? groupId }));

export const renderOperator = (operator: Operator | undefined): XmlValue =>
  operator ? { managed: operator.managed, principal: operator.principal, hiddenByDefault: operator.hiddenByDefault } : { managed: false };

export const privateDnsName = (address: string | undefined, { region }: RegionState): string | undefined =>
  address && `ip-${address.replaceAll('.', '-')}.${region === 'us-east-1' ? 'ec2' : `${region}.compute`}.internal`;

// us-east-1a is use1-az1 and so on, which is how zone ids look; which zone has which id differs between accounts.
export const zoneId = (zone: string): string =>
  `${zone.replace(/^([a-z]+)-([a-z])[a-z]*-(\d+)[a-z]$/, '$1$2$3')}-az${zone.charCodeAt(zone.length - 1) - 96}`;
