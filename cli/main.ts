#!/usr/bin/env node
// Node exits with 1 when a program crashes, and 1 means "findings" here. So a crash anywhere, even while loading, is 3.
process.on('uncaughtException', (error) => {
  process.stderr.write(`sgp-warden: crashed, so nothing may be concluded (exit 3).\n  cause: ${error.stack}\n`);
  process.exit(3);
});
const [{ run }, { realWorld }] = await Promise.all([import('./run.ts'), import('./compose.ts')]);
process.exitCode = await run(process.argv.slice(2), process, realWorld);
