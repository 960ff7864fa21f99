import { DescribeAddonCommand, type EKSClient } from '@aws-sdk/client-eks';
import type { CniAddonAnswer, EnforcingMode } from '../model/paths.ts';
import type { ItemReads } from '../model/read.ts';
import { isNotFound } from '../runtime/aws-errors.ts';
import { MalformedAnswer } from '../runtime/errors.ts';
import { attempt } from './attempt.ts';
import { eachItem } from './each-item.ts';

const DESCRIBE_ADDON = 'eks:DescribeAddon';
export const actions = [DESCRIBE_ADDON];

const ADDON = 'vpc-cni';
const SETTING = 'POD_SECURITY_GROUP_ENFORCING_MODE';
// EKS takes YAML as well as JSON. One line says it in either; a comment does not count.
const LINE = new RegExp(`^\\s*["']?${SETTING}["']?\\s*:\\s*["']?(strict|standard)["']?\\s*(?:#.*)?$`, 'gm');

const stated = (value: unknown): EnforcingMode | undefined => {
  if (value === undefined) return undefined;
  if (value === 'strict' || value === 'standard') return value;
  throw new MalformedAnswer(
    `the add-on ${ADDON} is configured with ${SETTING}=${JSON.stringify(value)}, which is neither strict nor standard`,
  );
};

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

/** The mode that an add-on's configuration values state; undefined when they state none. Throws when they cannot be understood. */
export function enforcingModeIn(configurationValues: string | undefined): EnforcingMode | undefined {
  const uncommented = configurationValues?.replace(/^\s*#.*$/gm, '');
  if (!uncommented?.includes(SETTING)) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(uncommented);
  } catch {
    const found = [...uncommented.matchAll(LINE)];
    const [only] = found;
    if (!only || found.length > 1)
      throw new MalformedAnswer(`the configuration of the add-on ${ADDON} names ${SETTING}, but not in a way that is understood`);
    return stated(only[1]);
  }
  return stated(field(field(parsed, 'env'), SETTING));
}

/** Per cluster, how its vpc-cni add-on is configured. A CNI that somebody installed by themselves is no add-on. */
export function collectCniAddons(eks: EKSClient, clusters: readonly string[], clock: () => Date): Promise<ItemReads<CniAddonAnswer>> {
  const ask = (clusterName: string) =>
    attempt({ action: DESCRIBE_ADDON, item: clusterName }, clock, async (): Promise<CniAddonAnswer> => {
      try {
        const { addon } = await eks.send(new DescribeAddonCommand({ clusterName, addonName: ADDON }));
        if (addon?.addonName !== ADDON) throw new MalformedAnswer(`the answer does not describe the add-on ${ADDON} of ${clusterName}`);
        return { found: true, enforcingMode: enforcingModeIn(addon.configurationValues) };
      } catch (error) {
        if (isNotFound(error, 'ResourceNotFoundException')) return { found: false };
        throw error;
      }
    });
  return eachItem(clusters, ask);
}
