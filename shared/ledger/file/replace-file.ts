import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './system-error.ts';

// Some systems cannot fsync a folder; their rename is as durable as it gets.
const CANNOT_SYNC_FOLDERS = new Set(['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP']);

/**
 * Replaces a file as a whole: a crash, a full disk or a kill at any moment leaves either the old text or the new one. `lastLook` runs
 * when the new text is safe on disk and throws to keep the old one. By hand, because write-file-atomic 6.0.0 takes a short write (a
 * full disk) for a whole one and renames half a file into place.
 */
export async function replaceFile(path: string, text: string, lastLook?: () => Promise<void>): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await keepModeAndOwner(handle, path);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await lastLook?.();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** A new file stays 0600: a ledger or a report names an account's resources. An old one keeps what its owner gave it. */
async function keepModeAndOwner(handle: FileHandle, path: string): Promise<void> {
  const old = await stat(path).catch(() => undefined);
  if (!old) return;
  // Only root may give a file away; others keep it as theirs. The owner first: chown clears special bits of the mode.
  await handle.chown(old.uid, old.gid).catch(() => undefined);
  await handle.chmod(old.mode & 0o777);
}

async function syncFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!CANNOT_SYNC_FOLDERS.has(codeOf(error))) throw error;
  }
}
