// Binds the commands to the real use cases. What loads the AWS SDK is loaded when it is needed: it takes half a second,
// and --help, usage errors and `rules` need none of it.
import { setTimeout } from 'node:timers/promises';
import manifest from '../package.json' with { type: 'json' };
import { RULES } from '../shared/rules/index.ts';
import { placeOf } from './ledger.ts';
import type { World } from './ports.ts';

// What a terminal sends for Ctrl-C, and what an operating system or a CI job that is cancelled sends first.
const INTERRUPTS = ['SIGINT', 'SIGTERM'] as const;

/** The program's own version and rules, AWS through the caller's credentials, ledgers in files and DynamoDB. */
export const realWorld: World = {
  version: manifest.version,
  rules: RULES.map((rule) => rule.meta),
  audit: async ({ settings, store, onProgress }, request) => {
    const [{ audit }, { realDeps }] = await Promise.all([import('../shared/run/audit.ts'), import('../shared/deps.ts')]);
    const deps = { ...realDeps(settings, store), onProgress };
    return audit(deps, request);
  },
  preflight: async ({ settings, onProgress }, request) => {
    const [{ preflight }, { realDeps }] = await Promise.all([import('../shared/teardowns/preflight.ts'), import('../shared/deps.ts')]);
    const deps = { ...realDeps(settings, undefined), onProgress };
    return preflight(deps, request);
  },
  planCleanup: async ({ settings, store, onProgress }, request) => {
    const [{ planCleanup }, { realDeps }] = await Promise.all([import('../shared/plans/cleanup.ts'), import('../shared/deps.ts')]);
    return planCleanup({ ...realDeps(settings, store), onProgress }, request);
  },
  applyCleanup: async ({ settings, store, onProgress }, request, planned, control) => {
    const [{ applyCleanup }, { realDeps }] = await Promise.all([import('../shared/plans/cleanup.ts'), import('../shared/deps.ts')]);
    return applyCleanup({ ...realDeps(settings, store), onProgress }, request, planned, control);
  },
  openLedger: async (name, region) => {
    const place = placeOf(name, region);
    if (place === undefined) return (await import('../shared/ledger/file/store.ts')).fileStore(name);
    const { dynamoClient, dynamoStore } = await import('../shared/ledger/dynamodb/store.ts');
    return dynamoStore({ client: dynamoClient(place.region), table: place.table });
  },
  memoryLedger: async () => (await import('../shared/ledger/memory.ts')).memoryStore(),
  fileTargets: async (path) => (await import('../shared/ledger/file/store.ts')).fileTargets(path),
  decidePlan: async (run, request) => (await import('../shared/plans/decide-plan.ts')).decidePlan(run, request),
  acceptFinding: async (run, target, request) => (await import('../shared/findings/accept.ts')).acceptFinding(run, target, request),
  callerIdentity: async (region) => (await import('../shared/run/caller.ts')).callerIdentity(region),
  profileRegion: async () => (await import('../shared/deps.ts')).profileRegion(),
  clock: () => new Date(),
  // Whoever ended the wait knows it: for the sleeper it is over, nothing more.
  sleep: (ms, signal) => setTimeout(ms, undefined, signal && { signal }).catch(() => undefined),
  onInterrupt: (heard) => {
    for (const name of INTERRUPTS) process.on(name, heard);
    return () => {
      for (const name of INTERRUPTS) process.off(name, heard);
    };
  },
};
