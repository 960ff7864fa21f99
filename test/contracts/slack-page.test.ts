// docs/slack.md is typed in by people with a token in their clipboard: what it tells them to do is tried here.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { channelFor, parseSlackSecret } from '../../shared/settings/slack-secret.ts';
import { textOf } from './source-files.ts';

const PAGE = textOf('docs/slack.md');
const blocks = (language: string): readonly string[] =>
  [...PAGE.matchAll(new RegExp(`\`\`\`${language}\\n([^\`]*)\`\`\``, 'g'))].map(([, block]) => block ?? '');

// Made up here: one that is written down would be taken for a real one.
const TOKEN = ['xoxb', '0', 'example'].join('-');
const SIGNING_SECRET = '0123456789abcdef'.repeat(2);

// Keeps what it was called with, the file that it was given and who may read that.
const AWS = `#!/bin/sh
printf '%s\\n' "$@" > "$RECORD/arguments"
for each in "$@"; do case "$each" in file://*) cp -p "\${each#file://}" "$RECORD/secret"; ls -l "\${each#file://}" > "$RECORD/mode";; esac; done
echo arn:aws:secretsmanager:eu-west-1:111122223333:secret:sgp-warden/slack-AbCdEf
`;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sgp-warden-slack-page-'));
});
afterEach(() => rm(directory, { recursive: true }));

const kept = (name: string): Promise<string> => readFile(join(directory, name), 'utf8');

/** Runs a block of the page as somebody types it, with an AWS CLI that only keeps what it gets. */
async function typed(block: string, answers: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  await writeFile(join(directory, 'aws'), AWS, { mode: 0o755 });
  const env = { PATH: `${directory}:${process.env.PATH ?? ''}`, RECORD: directory, TMPDIR: directory };
  const bash = spawn('bash', ['-c', block], { env });
  bash.stdin.end(answers.map((answer) => `${answer}\n`).join(''));
  const [stdout, stderr] = await Promise.all([text(bash.stdout), text(bash.stderr)]);
  return { stdout, stderr };
}

it('the block that makes the secret makes one that is taken, shows it to nobody and leaves nothing behind', async () => {
  const [create = '', ...others] = blocks('bash');
  expect(others).toHaveLength(1);
  const { stdout, stderr } = await typed(create, [TOKEN, SIGNING_SECRET, 'C0123456789']);
  expect(parseSlackSecret(await kept('secret'))).toEqual({
    botToken: TOKEN,
    signingSecret: SIGNING_SECRET,
    channels: [{ channel: 'C0123456789' }],
  });
  expect(await kept('mode')).toMatch(/^-rw-------/);
  expect(stdout).toBe('arn:aws:secretsmanager:eu-west-1:111122223333:secret:sgp-warden/slack-AbCdEf\n');
  for (const shown of [await kept('arguments'), stdout, stderr]) expect(shown).not.toMatch(new RegExp(`${TOKEN}|${SIGNING_SECRET}`));
  expect((await readdir(directory)).sort()).toEqual(['arguments', 'aws', 'mode', 'secret']);
});

it('the example of channels is one that is taken, and routes as the page says', () => {
  const [example = ''] = blocks('json');
  const { channels } = parseSlackSecret(example.replace('xoxb-…', TOKEN).replace('"…"', JSON.stringify(SIGNING_SECRET)));
  expect(channelFor(channels, { severity: 'low', clusters: ['payments-eu'] })).toBe('C0000PAYMNT');
  expect(channelFor(channels, { severity: 'critical', clusters: ['shop'] })).toBe('C0000ONCALL');
  expect(channelFor(channels, { severity: 'high', clusters: [] })).toBe('C0123456789');
});

it('the app gets the one scope that it needs, and no events', () => {
  const [manifest = ''] = blocks('yaml');
  expect(manifest).toMatch(/bot:\n {6}- chat:write\nsettings:/);
  expect(manifest).not.toMatch(/event_subscriptions|slash_commands|\n {4}user:/);
});

it('the alarms that it names are those of the stack', () => {
  const alarms = textOf('infra/slack/alarms.yml');
  const names = [...PAGE.matchAll(/alarm _([^_]+)_/g)].map(([, name]) => name ?? '');
  expect(names.length).toBeGreaterThan(1);
  expect(names.filter((name) => !alarms.includes(`: ${name}'`))).toEqual([]);
});
