import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';

const REPOSITORY = join(import.meta.dirname, '..', '..');

/** What stands in for python3: it answers the probes, and `-m venv` copies itself to where the environment's python is expected. */
const fakePython = ({ version = '3 12', ensurepip = 'exit 0', install = 'exit 0' }) => `#!/bin/sh
case "$*" in
  *version_info*) echo '${version}' ;;
  *ensurepip*) ${ensurepip} ;;
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  *"pip install"*) echo installed >> "$INSTALLS"; sleep 0.5; ${install} ;;
esac
`;

describe('npm run moto', () => {
  let checkout: string;
  const path = (name: string) => join(checkout, name);

  beforeEach(async () => {
    checkout = await mkdtemp(join(tmpdir(), 'sgp-warden-moto-'));
    await Promise.all(['scripts', 'bin'].map((directory) => mkdir(path(directory))));
    for (const file of ['scripts/moto.ts', 'scripts/python-environment.ts', 'scripts/moto-requirements.txt', 'package.json']) {
      await copyFile(join(REPOSITORY, file), path(file));
    }
    await symlink(join(REPOSITORY, 'node_modules'), path('node_modules'));
  });

  const install = async (python: string) => {
    await writeFile(path('bin/python3'), python);
    await chmod(path('bin/python3'), 0o755);
  };

  const runMoto = (
    PATH = [path('bin'), '/usr/bin', '/bin'].join(delimiter),
  ): Promise<{ exitCode: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const env = { PATH, INSTALLS: path('installs') };
      execFile(process.execPath, [path('scripts/moto.ts')], { env }, (error, stdout, stderr) => {
        resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr });
      });
    });

  it('prints where the programs are', async () => {
    await install(fakePython({}));
    const { exitCode, stdout } = await runMoto();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^moto_server .*\.cache\/moto-[0-9a-f]+\/bin\/moto_server\naws .*\.cache\/moto-[0-9a-f]+\/bin\/aws\n$/);
  });

  it('installs once when it runs twice at once, and not again later', async () => {
    await install(fakePython({}));
    const outcomes = [...(await Promise.all([runMoto(), runMoto()])), await runMoto()];
    expect(new Set(outcomes.map(({ stdout }) => stdout)).size).toBe(1);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(await readFile(path('installs'), 'utf8')).toBe('installed\n');
  });

  it('builds anew after a failure', async () => {
    await install(fakePython({ install: 'exit 1' }));
    expect((await runMoto()).exitCode).toBe(1);
    await install(fakePython({}));
    expect((await runMoto()).exitCode).toBe(0);
  });

  it('says that there is no python3', async () => {
    const { exitCode, stderr } = await runMoto(path('bin'));
    expect(exitCode).toBe(1);
    expect(stderr).toBe('moto cannot be set up: there is no working python3 on the PATH\n');
  });

  it.each([
    ['which Python is too old', { version: '3 9' }, 'python3 is 3.9; moto needs 3.10 or newer'],
    ['that virtual environments cannot be made', { ensurepip: 'exit 1' }, 'python3-venv'],
    ['that the packages cannot be installed', { install: 'exit 1' }, 'no package registry can be reached'],
  ])('says %s', async (_, python, says) => {
    await install(fakePython(python));
    const { exitCode, stderr } = await runMoto();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(says);
  });

  it('repeats nothing of what pip says: it names the registry', async () => {
    await install(fakePython({ install: 'echo "HTTPSConnectionPool(host=\'wheels.internal.example\')" | tee /dev/stderr; exit 1' }));
    const { stdout, stderr } = await runMoto();
    expect(`${stdout}${stderr}`).not.toContain('internal.example');
  });
});
