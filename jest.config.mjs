import { join } from 'node:path';

// Hundreds of processes load the same programs: what Node has compiled once is kept for the next one.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '.cache/node');

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' }, sourceMaps: 'inline' }],
  },
  transformIgnorePatterns: ['/node_modules/'],
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  // Two cores: one worker leaves the other core to the servers that the suites start.
  maxWorkers: 2,
  // For what hangs. No test has a limit of its own: whole stories take half a minute on an idle machine, and CI is rarely idle.
  testTimeout: 300_000,
};
