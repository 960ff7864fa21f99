import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { describe, expect, it } from '@jest/globals';

const MAIN = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url));

async function until(stream: NodeJS.ReadableStream, text: string): Promise<string> {
  let seen = '';
  for await (const chunk of stream) {
    seen += String(chunk);
    if (seen.includes(text)) return seen;
  }
  throw new Error(`It ended without saying "${text}". It said: ${seen}`);
}

describe('node sandbox/main.ts', () => {
  it('prints the environment of an account with a live cluster and the orphans of a deleted one', async () => {
    const child = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const said = await until(child.stdout, '_sandbox/advance');
      const env = Object.fromEntries([...said.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
      const endpoint = env.AWS_ENDPOINT_URL ?? '';
      const settings = { endpoint, region: env.AWS_REGION ?? '', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
      const ec2 = new EC2Client(settings);
      const Filters = [{ Name: 'status', Values: ['available'] }];
      const orphans = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
      expect(orphans.NetworkInterfaces?.map(({ Description }) => Description)).toEqual(Array(3).fill('aws-k8s-branch-eni'));
      expect((await new EKSClient(settings).send(new ListClustersCommand())).clusters).toEqual(['payments']);

      const before = (await (await fetch(`${endpoint}/_sandbox/clock`)).json()) as { now: string };
      const after = (await (await fetch(`${endpoint}/_sandbox/advance?minutes=30`, { method: 'POST' })).json()) as { now: string };
      expect(Math.abs(Date.parse(before.now) - Date.now())).toBeLessThan(30_000);
      expect(Date.parse(after.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(30 * 60_000);
      expect((await fetch(`${endpoint}/_sandbox/advance`, { method: 'POST' })).status).toBe(400);
      expect(await (await fetch(`${endpoint}/_sandbox/calls`)).json()).toHaveLength(2);
    } finally {
      child.kill('SIGTERM');
    }
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('refuses a port that is none', async () => {
    const child = spawn(process.execPath, [MAIN, '--port', '70000'], { stdio: ['ignore', 'ignore', 'pipe'] });
    expect(await until(child.stderr, 'must be')).toBe('--port 70000: must be a whole number from 0 (any free port) to 65535.\n');
    expect(await once(child, 'exit')).toEqual([2, null]);
  });
});
