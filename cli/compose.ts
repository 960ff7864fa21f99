// Binds the commands to the real use cases. What loads the AWS SDK is loaded when it is needed: it takes half a second,
// and --help, usage errors and `rules` need none of it.
import manifest from '../package.json' with { type: 'json' };
import { RULES } from '../shared/rules/index.ts';
import type { World } from './ports.ts';

/** The program's own version and rules, AWS through the caller's credentials, ledgers in files. */
export const realWorld: World = {
  version: manifest.version,
  rules: RULES.map((rule) => rule.meta),
  audit: async ({ settings, store, onProgress }, request) => {
    const [{ audit }, { realDeps }] = await Promise.all([import('../shared/app/audit.ts'), import('../shared/app/deps.ts')]);
    const deps = { ...realDeps(settings, store), onProgress };
    return audit(deps, request);
  },
  preflight: async ({ settings, onProgress }, request) => {
    const [{ preflight }, { realDeps }] = await Promise.all([import('../shared/app/preflight.ts'), import('../shared/app/deps.ts')]);
    const deps = { ...realDeps(settings, undefined), onProgress };
    return preflight(deps, request);
  },
  openLedger: async (path) => (await import('../shared/ledger/file.ts')).fileStore(path),
  profileRegion: async () => (await import('../shared/app/deps.ts')).profileRegion(),
};
