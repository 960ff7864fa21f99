import { expect, it } from '@jest/globals';
import { enforcingModeIn } from '../../shared/domain/enforcing-mode.ts';

const NAME = 'POD_SECURITY_GROUP_ENFORCING_MODE';

it.each<[text: string | undefined, mode: string | undefined]>([
  [undefined, undefined],
  ['', undefined],
  ['{}', undefined],
  ['{"env":{}}', undefined],
  ['{"env":{"ENABLE_POD_ENI":"true"}}', undefined],
  [`{"env":{"${NAME}":"standard"}}`, 'standard'],
  [`{"env":{"${NAME}":"strict"},"init":{}}`, 'strict'],
  [`{"init":{"env":{"${NAME}":"standard"}}}`, undefined],
  [`env:\n  ${NAME}: standard\n`, 'standard'],
  [`env:\n  "${NAME}": 'strict' # as ever\n`, 'strict'],
  [`env:\n  # ${NAME}: standard\n  ENABLE_POD_ENI: "true"\n`, undefined],
])('%j states %s', (text, mode) => {
  expect(enforcingModeIn(text)).toEqual({ mode });
});

it.each([
  `{"env":{"${NAME}":"lenient"}}`,
  `{"env":{"${NAME}":true}}`,
  `{"env":{"${NAME}":"standard"}`,
  `env: {${NAME}: standard}`,
  `${NAME}: strict\n${NAME}: standard`,
])('%j is understood by nobody', (text) => {
  expect(enforcingModeIn(text)).toEqual({ unclear: expect.stringContaining(NAME) });
});
