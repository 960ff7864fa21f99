// npm run new-rule -- <topic>/<id> writes a rule, its test and its page, and brings the generated files up to date.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeGenerated } from './gen/generated-files.ts';
import { problemWith, scaffold } from './gen/scaffold.ts';

const root = join(import.meta.dirname, '..');

function refuse(problem: string): void {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}

async function newRule(topic: string, id: string): Promise<void> {
  const files = Object.entries(scaffold(topic, id));
  const existing = files.map(([path]) => path).filter((path) => existsSync(join(root, path)));
  if (existing.length > 0) return refuse(`${existing.join(', ')} exists already; choose another id or remove it`);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const generated = await writeGenerated(root);
  for (const path of new Set([...files.map(([path]) => path), ...generated])) process.stderr.write(`wrote ${path}\n`);
}

const [named, ...more] = process.argv.slice(2);
const [topic = '', id = '', ...rest] = named?.split('/') ?? [];
if (named === undefined || more.length > 0 || rest.length > 0) refuse('name one rule: npm run new-rule -- <topic>/<id>');
else {
  const problem = problemWith(topic, id);
  if (problem) refuse(problem);
  else await newRule(topic, id);
}
