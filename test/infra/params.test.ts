// A misspelt param would leave its setting at the default without a word: packaging refuses it.
import { createRequire } from 'node:module';
import { expect, it } from '@jest/globals';
import { SETTINGS } from '../../shared/settings/settings.ts';

type Given = { options: { param?: string | string[] }; resolveConfigurationProperty: (path: string[]) => Promise<unknown> };
const resolver = createRequire(import.meta.url)('../../infra/params.cjs') as (given: Given) => Promise<object>;
const packaged = (param: string[], params: object = {}) =>
  resolver({ options: { param }, resolveConfigurationProperty: async () => params });

it('takes every setting, and what only the stack knows', async () => {
  const given = [...Object.keys(SETTINGS), 'ALERT_EMAIL', 'CHAT_TOPIC'].map((name) => `${name}=x`);
  expect(await packaged(given, { default: { METRICS: 'clusters' }, prod: null })).toEqual({});
  expect(await resolver({ options: {}, resolveConfigurationProperty: async () => undefined })).toEqual({});
});

it('refuses what there is not, wherever it stands, all at once, and names the nearest', async () => {
  const refused = packaged(['SLACK_APROVERS=U1', 'cleanup_mode=auto'], { default: {}, prod: { MIN_ORPHAN_AGE: '30' } });
  await expect(refused).rejects.toThrow(
    [
      'The stack was not packaged:',
      '--param="SLACK_APROVERS=…": there is no such param; did you mean SLACK_APPROVERS?',
      '--param="cleanup_mode=…": there is no such param; did you mean CLEANUP_MODE?',
      'params.prod.MIN_ORPHAN_AGE in serverless.yml: there is no such param; did you mean MIN_ORPHAN_AGE_MINUTES?',
    ].join('\n  '),
  );
});
