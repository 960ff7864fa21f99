// A Python environment of the project's own, for programs that others wrote and only Python has. It needs python3 and a package registry.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { lock } from 'proper-lockfile';

/** What to install: a name for messages and the folder, a requirements file with pinned versions, and the oldest Python that these run on. */
export interface PythonPackages {
  name: string;
  requirements: string;
  oldestPython: readonly [major: number, minor: number];
}

/** Where an environment's programs are, or why there is none. */
export type PythonEnvironment = { ok: true; program: (name: string) => string } | { ok: false; reason: string };

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..');
// Written last: an environment without it is half built.
const MARKER = 'complete';
// About 20 seconds with a near registry. Whoever hangs longer than this will not finish.
const INSTALL_TIMEOUT_MS = 10 * 60_000;
const PROBE_TIMEOUT_MS = 30_000;

/** The environment, installed on the first call, or the reason why it cannot be. Safe to call from several processes at once. */
export async function pythonEnvironment(packages: PythonPackages): Promise<PythonEnvironment> {
  const hash = createHash('sha256')
    .update(await readFile(join(ROOT, packages.requirements)))
    .digest('hex');
  const directory = join(ROOT, '.cache', `${packages.name}-${hash.slice(0, 12)}`);
  if (await isUsable(directory)) return installedIn(directory);
  const problem = await pythonProblem(packages);
  if (problem) return { ok: false, reason: problem };

  await mkdir(join(ROOT, '.cache'), { recursive: true });
  // An environment's scripts hold its absolute path, so it cannot be built aside and renamed: one builds, the others wait.
  let stolen = false;
  const release = await lock(directory, {
    realpath: false,
    stale: 60_000,
    update: 10_000,
    retries: { retries: INSTALL_TIMEOUT_MS / 500, factor: 1, minTimeout: 500, maxTimeout: 500 },
    onCompromised: () => {
      stolen = true;
    },
  });
  try {
    if (await isUsable(directory)) return installedIn(directory);
    const failure = await install(directory, packages);
    if (failure) return { ok: false, reason: failure };
    if (stolen)
      return { ok: false, reason: `another process took over ${relative(ROOT, directory)} while it was being built; run it again` };
    await writeFile(join(directory, MARKER), '');
    return installedIn(directory);
  } finally {
    if (!stolen) await release();
  }
}

function installedIn(directory: string): PythonEnvironment {
  return { ok: true, program: (name) => join(directory, 'bin', name) };
}

async function isUsable(directory: string): Promise<boolean> {
  try {
    await access(join(directory, MARKER));
    // The interpreter that it was built with may have been upgraded away since.
    await run(join(directory, 'bin', 'python'), ['-c', ''], { timeout: PROBE_TIMEOUT_MS });
    return true;
  } catch {
    return false;
  }
}

async function pythonProblem({ name, oldestPython }: PythonPackages): Promise<string | undefined> {
  const version = await python('import sys; print(*sys.version_info[:2])');
  if (version === undefined) return 'there is no working python3 on the PATH';
  const [major = 0, minor = 0] = version.split(' ').map(Number);
  if (major !== oldestPython[0] || minor < oldestPython[1])
    return `python3 is ${major}.${minor}; ${name} needs ${oldestPython.join('.')} or newer`;
  if ((await python('import venv, ensurepip')) === undefined)
    return 'python3 cannot make virtual environments (on Debian and Ubuntu: install the package python3-venv)';
  return undefined;
}

/** What python3 prints for a line of code, or undefined when it fails. */
async function python(code: string): Promise<string | undefined> {
  try {
    return (await run('python3', ['-c', code], { timeout: PROBE_TIMEOUT_MS })).stdout.trim();
  } catch {
    return undefined;
  }
}

async function install(directory: string, { requirements }: PythonPackages): Promise<string | undefined> {
  const here = relative(ROOT, directory);
  try {
    await rm(directory, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', directory], { timeout: INSTALL_TIMEOUT_MS });
  } catch {
    return `python3 -m venv ${here} failed; run it to see why`;
  }
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--only-binary', ':all:', '-r', requirements];
  try {
    await run(join(directory, 'bin', 'python'), [...pip, '--quiet', '--retries', '1'], { cwd: ROOT, timeout: INSTALL_TIMEOUT_MS });
    return undefined;
  } catch {
    // pip's own words name the registry in use, and that may be nobody else's business.
    return `pip could not install ${requirements}, most often because no package registry can be reached; see why with: ${here}/bin/python ${pip.join(' ')}`;
  }
}
