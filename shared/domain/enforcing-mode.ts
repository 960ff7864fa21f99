import type { EnforcingMode } from './cluster.ts';

/** The add-on that is the CNI, and the setting of its environment that says how strictly pods' groups are taken. */
export const CNI_ADDON = 'vpc-cni';
export const ENFORCING_MODE_SETTING = 'POD_SECURITY_GROUP_ENFORCING_MODE';

// EKS takes YAML as well as JSON. One line says it in either; a comment does not count.
const LINE = new RegExp(`^\\s*["']?${ENFORCING_MODE_SETTING}["']?\\s*:\\s*["']?(strict|standard)["']?\\s*(?:#.*)?$`, 'gm');

/** What an add-on's configuration values say of the mode; or why that cannot be understood. */
export type StatedMode = { mode: EnforcingMode | undefined } | { unclear: string };

const stated = (value: unknown): StatedMode =>
  value === undefined || value === 'strict' || value === 'standard'
    ? { mode: value }
    : { unclear: `${ENFORCING_MODE_SETTING}=${JSON.stringify(value)}, which is neither strict nor standard` };

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

/** The mode that an add-on's configuration values state; undefined when they state none. */
export function enforcingModeIn(configurationValues: string | undefined): StatedMode {
  const uncommented = configurationValues?.replace(/^\s*#.*$/gm, '');
  if (!uncommented?.includes(ENFORCING_MODE_SETTING)) return { mode: undefined };
  try {
    return stated(field(field(JSON.parse(uncommented), 'env'), ENFORCING_MODE_SETTING));
  } catch {
    const [only, ...more] = [...uncommented.matchAll(LINE)];
    return only && more.length === 0 ? stated(only[1]) : { unclear: `${ENFORCING_MODE_SETTING}, but not in a way that is understood` };
  }
}
