import { constants } from 'node:fs';
import { access, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { replaceFile } from '../shared/ledger/file/replace-file.ts';
import { codeOf } from '../shared/ledger/file/system-error.ts';
import type { Stream } from './ports.ts';

/** Writes all of a text. A reader that went away (`| head`) is no error; a full disk is. */
export function print(stream: Stream, text: string): Promise<void> {
  return new Promise((done, fail) => {
    stream.write(text, (error) => (error && codeOf(error) !== 'EPIPE' ? fail(error) : done()));
  });
}

async function kindOf(path: string): Promise<'none' | 'file' | 'folder' | 'device'> {
  try {
    const found = await stat(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'device';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'none';
    throw error;
  }
}

/** Why a file could not be written, asked before anything is read from AWS; undefined when it can. */
export async function outputProblem(path: string): Promise<string | undefined> {
  try {
    const kind = await kindOf(path);
    if (kind === 'folder') return `--output ${path}: is a folder. Give a file's path.`;
    if (kind !== 'none') await access(path, constants.W_OK);
    // The result is written next to the file and then renamed, so that a reader never sees half of it.
    if (kind !== 'device') await access(dirname(resolve(path)), constants.W_OK);
    return undefined;
  } catch (error) {
    return `--output ${path}: cannot be written (${codeOf(error) || String(error)}). Give a path in a folder that exists and is writable.`;
  }
}

/** Writes a result whole or not at all, through a link to its file. A device or pipe, which no file may replace, is written as it is. */
export async function writeOutput(path: string, text: string): Promise<void> {
  const kind = await kindOf(path);
  if (kind === 'device') await writeFile(path, text);
  else await replaceFile(kind === 'file' ? await realpath(path) : path, text, async () => {});
}
