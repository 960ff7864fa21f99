import { randomUUID } from 'node:crypto';
import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { addonOf } from '../world/clusters/addons.ts';
import type { Addon, Cluster } from '../world/state.ts';
import { namedCluster } from './clusters.ts';
import { listPage } from './list.ts';

export function listAddons(params: Params, context: CallContext) {
  const { name, addons } = namedCluster(params, context);
  const page = listPage(Object.keys(addons).sort(), `add-ons of ${name}`, params, context);
  return { addons: page.names, nextToken: page.nextToken };
}

export function describeAddon(params: Params, context: CallContext) {
  const cluster = namedCluster(params, context);
  return { addon: render(addonOf(cluster, String(params.addonName)), cluster) };
}

const CHANGES = ['addonVersion', 'serviceAccountRoleArn', 'resolveConflicts', 'configurationValues'] as const;
const textOf = (params: Params, name: string): string | undefined => (typeof params[name] === 'string' ? params[name] : undefined);

/** What is not given stays as it is. */
export function updateAddon(params: Params, context: CallContext) {
  const cluster = namedCluster(params, context);
  const configurationValues = textOf(params, 'configurationValues');
  if (configurationValues !== undefined) checkConfiguration(configurationValues);
  const version = textOf(params, 'addonVersion');
  const serviceAccountRoleArn = textOf(params, 'serviceAccountRoleArn');
  context.world.updateAddon(cluster.name, String(params.addonName), {
    ...(version === undefined ? {} : { version }),
    ...(serviceAccountRoleArn === undefined ? {} : { serviceAccountRoleArn }),
    ...(configurationValues === undefined ? {} : { configurationValues }),
  });
  const changed = CHANGES.flatMap((name) => {
    const value = textOf(params, name);
    return value === undefined ? [] : [{ type: name.charAt(0).toUpperCase() + name.slice(1), value }];
  });
  const createdAt = context.now.getTime() / 1000;
  return { update: { id: randomUUID(), status: 'InProgress', type: 'AddonUpdate', params: changed, createdAt, errors: [] } };
}

// EKS takes YAML as well, which the sandbox does not read.
function checkConfiguration(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw awsError('InvalidParameterException', `ConfigurationValue provided in request is not supported: it is not JSON.`);
  }
}

function render(addon: Addon, cluster: Cluster) {
  return {
    addonName: addon.name,
    clusterName: cluster.name,
    status: addon.status,
    addonVersion: addon.version,
    health: { issues: [] },
    addonArn: cluster.arn.replace(':cluster/', ':addon/').concat(`/${addon.name}/00000000-0000-0000-0000-000000000000`),
    createdAt: Date.parse(addon.createdAt) / 1000,
    modifiedAt: Date.parse(addon.modifiedAt) / 1000,
    ...(addon.serviceAccountRoleArn === undefined ? {} : { serviceAccountRoleArn: addon.serviceAccountRoleArn }),
    ...(addon.configurationValues === undefined ? {} : { configurationValues: addon.configurationValues }),
    tags: addon.tags,
  };
}
