import { access, constants, lstat, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import { codeOf, messageOf } from './system-error.ts';

/** That a ledger file cannot be used: which one, why, and what to do. */
export function unusable(path: string, cause: string, nextStep: string, error?: unknown): ConfigError {
  return new ConfigError([`ledger ${path}: ${cause}; ${nextStep}`], { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
};

/** The same for what the system refused. */
export function refused(path: string, doing: string, error: unknown): ConfigError {
  const code = codeOf(error);
  const said = messageOf(error);
  const reason = REASONS[code] ? `${REASONS[code]} (${said})` : said;
  return unusable(path, `${doing} failed: ${reason}`, 'the ledger is as it was; mend this or name another file', error);
}

/** Where the ledger really is, links followed, so that every name of one file shares its lock. Throws a ConfigError unless it can be used. */
export async function locate(path: string): Promise<string> {
  const given = resolve(path);
  const found = await exists(given, path);
  const real = await (found ? realpath(given) : realpath(dirname(given)).then((folder) => join(folder, basename(given)))).catch((error) => {
    throw codeOf(error) === 'ENOENT'
      ? unusable(path, `the folder ${dirname(given)} does not exist`, 'create it or name another file', error)
      : refused(path, 'looking for it', error);
  });
  if (found) await mayUse(real, constants.R_OK | constants.W_OK, path);
  // The lock and every new version of the file are made next to it.
  await mayUse(dirname(real), constants.W_OK | constants.X_OK, path);
  return real;
}

async function exists(given: string, path: string): Promise<boolean> {
  try {
    const found = await stat(given);
    if (found.isFile()) return true;
    throw unusable(path, found.isDirectory() ? 'it is a folder' : 'it is not a regular file', 'name a file');
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    if (codeOf(error) !== 'ENOENT') throw refused(path, 'looking for it', error);
  }
  const link = await lstat(given).catch((error) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw refused(path, 'looking for it', error);
  });
  // Anything else that is there now was made by another run a moment ago.
  if (!link?.isSymbolicLink()) return link !== undefined;
  throw unusable(path, 'it is a link to a file that does not exist', 'mend the link (is a volume missing?) or name another file');
}

async function mayUse(target: string, mode: number, path: string): Promise<void> {
  await access(target, mode).catch((error) => {
    throw refused(path, `access to ${target}`, error);
  });
}
