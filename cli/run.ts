import { didYouMean } from '../shared/content/nearest.ts';
import { clean } from '../shared/content/text.ts';
import { ConfigError } from '../shared/domain/errors.ts';
import { acceptCommand } from './commands/accept.ts';
import { auditCommand } from './commands/audit.ts';
import { cleanupCommand } from './commands/cleanup.ts';
import { approveCommand, rejectCommand } from './commands/decide.ts';
import { historyCommand } from './commands/history.ts';
import { preflightCommand } from './commands/preflight.ts';
import { rulesCommand } from './commands/rules.ts';
import { EXIT } from './exit-code.ts';
import { explainFailure } from './failure.ts';
import { print } from './output.ts';
import type { Command, Terminal, World } from './ports.ts';
import { COMMAND_NAMES, type CommandName, commandUsage, usage } from './usage.ts';
import { viewOf } from './view.ts';

const COMMANDS: Record<CommandName, Command> = {
  audit: auditCommand,
  preflight: preflightCommand,
  cleanup: cleanupCommand,
  approve: approveCommand,
  reject: rejectCommand,
  accept: acceptCommand,
  history: historyCommand,
  rules: rulesCommand,
};

const commandOf = (word: string | undefined): CommandName | undefined => COMMAND_NAMES.find((name) => name === word);

async function dispatch(argv: readonly string[], terminal: Terminal, world: World): Promise<number> {
  const { stdout, stderr, env } = terminal;
  const [word, ...rest] = argv;
  const command = commandOf(word);
  if (command && rest.some((each) => each === '--help' || each === '-h')) {
    await print(stdout, commandUsage(command, viewOf(stdout, env)));
    return EXIT.ok;
  }
  if (command) return COMMANDS[command](rest, terminal, world);
  if (word === '--version' || word === '-v') {
    await print(stdout, `${world.version}\n`);
    return EXIT.ok;
  }
  if (word === 'help' || word === '--help' || word === '-h') {
    const topic = commandOf(rest[0]);
    await print(stdout, topic ? commandUsage(topic, viewOf(stdout, env)) : usage(world.version, viewOf(stdout, env)));
    return EXIT.ok;
  }
  if (word === undefined) {
    // Not 0: in a script a lost argument must not look like a clean audit.
    await print(stderr, usage(world.version, viewOf(stderr, env)));
    return EXIT.usage;
  }
  throw new ConfigError([unknownCommand(word)]);
}

function unknownCommand(word: string): string {
  if (word.startsWith('-'))
    return `${word}: the command comes first, as in sgp-warden audit --region eu-west-1. Commands: ${COMMAND_NAMES.join(', ')}.`;
  return `unknown command ${word}.${didYouMean(word, COMMAND_NAMES)} Commands: ${COMMAND_NAMES.join(', ')}, help.`;
}

/** Runs one command line and gives its exit code. Never throws: what goes wrong goes to stderr. */
export async function run(argv: readonly string[], terminal: Terminal, world: World): Promise<number> {
  // A failed write comes back through its own callback; the event of the same error must not end the process.
  for (const stream of [terminal.stdout, terminal.stderr]) stream.on('error', () => {});
  try {
    return await dispatch(argv, terminal, world);
  } catch (error) {
    const isUsage = error instanceof ConfigError;
    const text = isUsage ? problemsText(error, argv) : crashText(error, terminal);
    await print(terminal.stderr, text).catch(() => {});
    return isUsage ? EXIT.usage : EXIT.incomplete;
  }
}

function problemsText({ problems }: ConfigError, [word]: readonly string[]): string {
  const distinct = [...new Set(problems.map(clean))];
  const help = commandOf(word) ? `sgp-warden ${word} --help` : 'sgp-warden help';
  return [
    `sgp-warden: ${distinct.length === 1 ? 'one problem' : `${distinct.length} problems`} to solve first:`,
    ...distinct.map((problem) => `  - ${problem}`),
    `\`${help}\` shows the usage.`,
    '',
  ].join('\n');
}

function crashText(error: unknown, { env }: Terminal): string {
  const { cause, next } = explainFailure(error);
  const stack = env.DEBUG && error instanceof Error ? (error.stack ?? '').split('\n').map(clean) : [];
  return [
    'sgp-warden: incomplete, so nothing may be concluded from this run (exit 3).',
    `  cause: ${cause}`,
    `  next:  ${next}`,
    ...stack,
    '',
  ].join('\n');
}
