// Runs the command line as a user does, in a process of its own, and reads its published JSON.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const REPOSITORY = join(import.meta.dirname, '..', '..');

export interface Outcome {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

// The published contract, written down a second time on purpose: the program's own types must not decide what the tests accept.
export interface FindingJson {
  id: string;
  ruleId: string;
  severity: string;
  verdict: string;
  state?: string;
  subject: { type: string; id: string };
  cluster: string | null;
  summary: string;
  evidence: Record<string, unknown>;
  remedy: { summary: string; commands: string[] };
  sightings: number;
  firstSeen: string;
}

export interface ReportJson {
  schemaVersion: number;
  generatedAt: string;
  target: { accountId: string; region: string };
  coverage: { slice: string; ok: boolean; reason?: string }[];
  findings: FindingJson[];
  unknown: { ruleId: string; subject: { type: string; id: string }; reason: string }[];
  stats: { apiCalls: number; durationMs: number };
}

/** `npm run -s sgp-warden -- <args>` with the environment of a user who exported `env`. */
export function sgpWarden(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome> {
  return runProgram('npm', ['run', '-s', 'sgp-warden', '--', ...args], env);
}

/** A program, or a shell's command line as `sh -c`, from the repository's root. Settings of the developer's own are left out. */
export function runProgram(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS_|NODE_OPTIONS$|MIN_ORPHAN_AGE)/.test(name));
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: REPOSITORY,
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const outcome = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      outcome.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      outcome.stderr += text;
    });
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, ...outcome }));
  });
}

/** `audit --format json`, with its report. */
export async function audit(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ exitCode: number | null; report: ReportJson; stderr: string }> {
  const { exitCode, stdout, stderr } = await sgpWarden(['audit', '--format', 'json', ...args], env);
  return { exitCode, report: parsed<ReportJson>(stdout, stderr), stderr };
}

/** The one JSON object on stdout. */
export function parsed<T>(stdout: string, stderr = ''): T {
  try {
    return JSON.parse(stdout) as T;
  } catch (cause) {
    throw new Error(`not one JSON object on stdout:\n${stdout}\nstderr:\n${stderr}`, { cause });
  }
}

/** The subjects of a rule's findings, sorted. */
export const subjectsOf = ({ findings }: ReportJson, ruleId: string): string[] =>
  findings
    .filter((finding) => finding.ruleId === ruleId)
    .map(({ subject }) => subject.id)
    .sort();

/** The finding of a rule about a subject. */
export function findingOf({ findings }: ReportJson, ruleId: string, subjectId: string): FindingJson {
  const found = findings.find((finding) => finding.ruleId === ruleId && finding.subject.id === subjectId);
  if (!found) throw new Error(`no ${ruleId} for ${subjectId} among:\n${findings.map(({ id }) => id).join('\n')}`);
  return found;
}

/** Every id that a report says anything about. */
export const mentioned = ({ findings, unknown }: ReportJson): Set<string> =>
  new Set([...findings, ...unknown].map(({ subject }) => subject.id));
