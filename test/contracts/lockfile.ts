interface Locked {
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

/** The packages of a package-lock.json, by their place in node_modules. */
export type Lock = Readonly<Record<string, Locked>>;

/** The packages that record where they were downloaded from. */
export const downloadAddresses = (lock: Lock): string[] => Object.keys(lock).filter((place) => lock[place]?.resolved !== undefined);

/** The optional dependencies that the lockfile leaves out: `npm ci` takes it for out of sync then. */
export function missingOptionals(lock: Lock): string[] {
  return Object.entries(lock).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(lock, place, name)),
  );
}

/** As Node looks for a package: in the holder's own node_modules, then in those of the folders above. */
function isLocked(lock: Lock, holder: string, name: string): boolean {
  if (lock[`${holder === '' ? '' : `${holder}/`}node_modules/${name}`]) return true;
  if (holder === '') return false;
  const above = holder.lastIndexOf('node_modules/');
  return isLocked(lock, holder.slice(0, above).replace(/\/$/, ''), name);
}
