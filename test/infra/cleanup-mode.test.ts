// Packaging and cold start must refuse the same settings: the one for people, at once; the other for whoever changes the stack by hand.
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadStackConfig } from '../../shared/settings/config.ts';
import { CLEANUP_MODES } from '../../shared/settings/settings.ts';

type Params = Readonly<Record<string, unknown>>;
type Resolver = (given: { resolveVariable: (address: string) => Promise<unknown> }) => Promise<Readonly<Record<string, unknown>>>;

const resolver = createRequire(import.meta.url)('../../infra/cleanup-mode.cjs') as Resolver;
const packaged = (params: Params) => resolver({ resolveVariable: async (address) => params[address.replace(/^param:/, '')] });

/** What packaging and a cold start say to the same settings: the mode, or a refusal. */
async function both(params: Readonly<Record<string, string>>) {
  const packaging = await packaged(params).then(
    ({ mode }) => mode,
    () => 'refused',
  );
  const coldStart = (() => {
    try {
      return loadStackConfig(params).cleanupMode;
    } catch {
      return 'refused';
    }
  })();
  return { packaging, coldStart };
}

describe('packaging and cold start agree', () => {
  const modes = [...CLEANUP_MODES, '', ' approve ', 'Auto', 'delete'];
  const ages = ['0', '29', '30', '030', ' 30 ', '10080', '10081', '-1', '-0', '', '30.5', '3e1', 'soon', '0x1e'];
  const shorts = ['true', 'false', '', 'yes', ' true', 'TRUE'];
  const table = modes.flatMap((mode) => ages.flatMap((age) => shorts.map((short) => [mode, age, short] as const)));

  it(`on ${table.length} combinations that people write`, async () => {
    const seen = new Set<unknown>();
    for (const [CLEANUP_MODE, MIN_ORPHAN_AGE_MINUTES, ALLOW_SHORT_ORPHAN_AGE] of table) {
      const params = { CLEANUP_MODE, MIN_ORPHAN_AGE_MINUTES, ALLOW_SHORT_ORPHAN_AGE };
      const { packaging, coldStart } = await both(params);
      expect({ ...params, packaging }).toEqual({ ...params, packaging: coldStart });
      seen.add(packaging);
    }
    expect([...seen].sort()).toEqual(['approve', 'auto', 'refused', 'report']);
  });

  it('on any other', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          CLEANUP_MODE: fc.oneof(fc.constantFrom(...CLEANUP_MODES), fc.string()),
          MIN_ORPHAN_AGE_MINUTES: fc.oneof(fc.integer({ min: -20, max: 11_000 }).map(String), fc.string()),
          ALLOW_SHORT_ORPHAN_AGE: fc.oneof(fc.constantFrom('true', 'false'), fc.string()),
        }),
        async (params) => {
          const { packaging, coldStart } = await both(params);
          expect(packaging).toBe(coldStart);
        },
      ),
    ));
});

it('what is not quoted in serverless.yml comes as a number or a boolean, and means the same', async () => {
  const short = { CLEANUP_MODE: 'auto', MIN_ORPHAN_AGE_MINUTES: 0, ALLOW_SHORT_ORPHAN_AGE: true };
  expect(await packaged(short)).toMatchObject({ mode: 'auto' });
  await expect(packaged({ ...short, ALLOW_SHORT_ORPHAN_AGE: false })).rejects.toThrow('MIN_ORPHAN_AGE_MINUTES of 30 or more, not 0');
});

it('one error lists every problem, without a stack that tells a user nothing', async () => {
  const error: Error = await packaged({ CLEANUP_MODE: 'on', MIN_ORPHAN_AGE_MINUTES: 'x', ALLOW_SHORT_ORPHAN_AGE: '1' }).then(
    () => new Error('it was packaged'),
    (refusal: Error) => refusal,
  );
  expect(error.message.split('\n  ')).toEqual([
    'The stack was not packaged:',
    'CLEANUP_MODE=on: must be report, approve or auto.',
    'ALLOW_SHORT_ORPHAN_AGE=1: must be true or false.',
    'MIN_ORPHAN_AGE_MINUTES=x: must be a whole number from 0 to 10080.',
  ]);
  expect(error.stack).toBe(error.message);
});

it('report adds nothing; approve and auto add the same four files', async () => {
  const nothing = { functions: {}, queues: {}, alarms: {}, role: {}, queueUrl: '' };
  expect(await packaged({})).toEqual({ ...nothing, mode: 'report' });
  const { mode, ...approve } = await packaged({ CLEANUP_MODE: 'approve' });
  expect(mode).toBe('approve');
  expect(await packaged({ CLEANUP_MODE: 'auto' })).toEqual({ ...approve, mode: 'auto' });
  const files = ['function', 'queues', 'alarms', 'role'].map((name) => `\${file(infra/cleanup/${name}.yml)}`);
  expect(Object.values(approve)).toEqual([...files, { Ref: 'CleanupQueue' }]);
});
