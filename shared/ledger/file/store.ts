import { open, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import type { Target } from '../../domain/finding.ts';
import { applyChanges } from '../conditional.ts';
import { type LedgerTargets, type ParsedLedger, parseLedger, printLedger } from '../format.ts';
import type { LedgerRecord, LedgerStore } from '../store.ts';
import { locate, refused, unusable } from './ledger-path.ts';
import { replaceFile } from './replace-file.ts';
import { codeOf } from './system-error.ts';

// A write holds the lock for milliseconds and renews it every half of this; a killed run's lock is taken over after it.
const STALE_MS = 5_000;
const WAIT_MS = 10_000;
// Held by another run, or taken away as stale between two steps of taking it.
const WORTH_WAITING = new Set(['ELOCKED', 'ENOENT']);

/** A ledger in a JSON file. A missing file is an empty ledger; one that cannot be used is a ConfigError now, not after AWS was read. */
export async function fileStore(path: string, { waitMs = WAIT_MS } = {}): Promise<LedgerStore> {
  const file = await locate(path);
  await read(path, file);
  return {
    name: path,
    load: async (target) => [...recordsOf((await read(path, file)).targets, target).values()],
    get: async (target, key) => recordsOf((await read(path, file)).targets, target).get(key),
    write: async (target, changes) => {
      if (changes.length === 0) return [];
      const held = await takeLock(path, file, waitMs);
      try {
        const { targets, identity } = await read(path, file);
        const outcomes = applyChanges(recordsOf(targets, target), changes);
        if (outcomes.some((outcome) => outcome.written)) await replace(path, file, printLedger(targets), () => held.check(identity));
        return outcomes;
      } finally {
        await held.release();
      }
    },
  };
}

/** Every account and region that a ledger file knows; none when there is no such file. */
export async function fileTargets(path: string): Promise<readonly Target[]> {
  const { targets } = await read(path, await locate(path));
  return [...targets.keys()].map((name) => {
    const [accountId = '', region = ''] = name.split('/');
    return { accountId, region };
  });
}

function recordsOf(targets: LedgerTargets, { accountId, region }: Target): Map<string, LedgerRecord> {
  const name = `${accountId}/${region}`;
  const records = targets.get(name) ?? new Map<string, LedgerRecord>();
  targets.set(name, records);
  return records;
}

/** What the file holds, and which version of the file that is. Renames are atomic, so that reading needs no lock. */
async function read(path: string, file: string): Promise<{ targets: LedgerTargets; identity: string }> {
  let bytes: Buffer;
  let identity: string;
  try {
    const handle = await open(file, 'r');
    try {
      identity = identify(await handle.stat({ bigint: true }));
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { targets: new Map(), identity: NO_FILE };
    throw refused(path, 'reading it', error);
  }
  const parsed = parse(bytes);
  if (!parsed.ok) throw unusable(path, parsed.problem, 'it was left as it is: restore it from a copy, or name another file');
  return { targets: parsed.targets, identity };
}

function parse(bytes: Buffer): ParsedLedger {
  let text: string;
  try {
    // Fatal: replacement characters would be written back as if they had been there.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, problem: 'it is not UTF-8 text' };
  }
  return parseLedger(text);
}

const NO_FILE = 'none';
const identify = ({ dev, ino, size, mtimeNs }: { dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint }): string =>
  [dev, ino, size, mtimeNs].join('/');

async function replace(path: string, file: string, text: string, lastLook: () => Promise<void>): Promise<void> {
  await replaceFile(file, text, lastLook).catch((error) => {
    throw codeOf(error) === '' ? error : refused(path, 'writing it', error);
  });
}

async function takeLock(path: string, file: string, waitMs: number) {
  const deadline = performance.now() + waitMs;
  const lockPath = `${file}.lock`;
  for (;;) {
    try {
      // `locate` followed the links, and the file need not exist yet. A lock that was lost is no crash: `check` finds out whether it matters.
      const release = await lock(file, { realpath: false, stale: STALE_MS, lockfilePath: lockPath, onCompromised: () => undefined });
      return {
        /** A run that was suspended may have lost its lock as stale, and two may take over one stale lock: then neither may overwrite. */
        check: async (identity: string) => {
          const now = await stat(file, { bigint: true }).then(identify, () => NO_FILE);
          if (now !== identity) throw unusable(path, 'another run changed it meanwhile', 'nothing was written: run this again');
        },
        // A lock that was lost is not ours to release, and what was written stays written.
        release: () => release().catch(() => undefined),
      };
    } catch (error) {
      if (!WORTH_WAITING.has(codeOf(error))) throw refused(path, `taking the lock ${lockPath}`, error);
      if (performance.now() >= deadline) {
        const waited = `another run has held the lock ${lockPath} for ${waitMs / 1000} seconds`;
        throw unusable(path, waited, 'wait for it to end; if there is none, delete the lock and run this again', error);
      }
    }
    await setTimeout(10 + Math.random() * 40);
  }
}
