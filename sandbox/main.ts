import { parseArgs } from 'node:util';
import { startSandbox } from './index.ts';
import { STORY_MINUTES, tellStory } from './story.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port ${values.port}: must be a whole number from 0 (any free port) to 65535.`);
  process.exit(2);
}

const sandbox = await startSandbox({ port, realTime: true, start: new Date(Date.now() - STORY_MINUTES * 60_000) });
tellStory(sandbox);

console.log(`# An AWS account in one process, until Ctrl-C. It holds a live cluster, payments, and what a deleted one, checkout, left behind.
${Object.entries(sandbox.env)
  .map(([name, value]) => `export ${name}=${value}`)
  .join('\n')}
# Then, for example:
#   npm run -s sgp-warden -- audit --ledger sandbox.json       twice, half an hour apart; or at once with MIN_ORPHAN_AGE_MINUTES=0
#   aws --endpoint-url "$AWS_ENDPOINT_URL" ec2 describe-network-interfaces --filters Name=status,Values=available
#   curl -X POST "$AWS_ENDPOINT_URL/_sandbox/advance?minutes=30"     moves the sandbox's clock, not the program's`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.stop());
