// What `npm run check` runs: every suite but those that package, start processes or tell a whole story.
import config from './jest.config.mjs';
import { fastSuites } from './test/support/lanes.ts';

/** @type {import('jest').Config} */
export default { ...config, globals: { isQuick: true }, testMatch: fastSuites().map((suite) => `<rootDir>/${suite}`) };
