// Sets up moto's server and the aws CLI in a Python environment of the project's own. `npm run moto` prints where they are.
import { pythonEnvironment } from './python-environment.ts';

export type MotoEnvironment = { ok: true; python: string; motoServer: string; aws: string } | { ok: false; reason: string };

/** moto's server, its Python and the aws CLI, installed on the first call, or the reason why they cannot be. Safe to call from several processes at once. */
export async function motoEnvironment(): Promise<MotoEnvironment> {
  const environment = await pythonEnvironment({ name: 'moto', requirements: 'scripts/moto-requirements.txt', oldestPython: [3, 10] });
  if (!environment.ok) return environment;
  const { program } = environment;
  return { ok: true, python: program('python'), motoServer: program('moto_server'), aws: program('aws') };
}

if (import.meta.main) {
  const environment = await motoEnvironment();
  if (environment.ok) console.log(`moto_server  ${environment.motoServer}\naws          ${environment.aws}`);
  else {
    console.error(`moto cannot be set up: ${environment.reason}`);
    process.exitCode = 1;
  }
}
