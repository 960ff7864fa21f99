import { commandBlock, paragraph, section, table } from '../shared/content/blocks.ts';
import { terminal, type View } from '../shared/render/terminal.ts';
import { ACCEPT_OPTIONS } from './accept-arguments.ts';
import { AUDIT_OPTIONS, PREFLIGHT_OPTIONS, RULES_OPTIONS } from './arguments.ts';
import { CLEANUP_OPTIONS, HISTORY_OPTIONS } from './cleanup-arguments.ts';
import { DECISION_OPTIONS } from './decision-arguments.ts';
import type { Option } from './options.ts';

interface CommandUsage {
  says: string;
  options: Readonly<Record<string, Option>>;
  required: readonly string[];
  /** What stands by itself, and what it is. */
  operands?: Readonly<Record<string, string>>;
  /** By code, from 0. */
  exits: readonly string[];
  examples: readonly string[];
}

/** Every command, in the order of the usage text. */
export const COMMANDS = {
  audit: {
    says: 'What deleted clusters left behind, why that is certain, and what it blocks; what the security groups of pods do not let through. Reads only; deletes nothing.',
    options: AUDIT_OPTIONS,
    required: [],
    exits: ['nothing at or above --fail-on', 'findings', 'bad usage or settings', 'incomplete: something could not be read; wins over 1'],
    examples: [
      'sgp-warden audit --region eu-west-1',
      'sgp-warden audit --region eu-west-1 --ledger warden.json   # and again after 30 minutes',
      'sgp-warden audit --cluster payments --format json --output leftovers.json',
      'sgp-warden audit --cluster shop --rule dns-path-blocked --rule probe-path-blocked',
    ],
  },
  preflight: {
    says: 'What deleting this cluster now would leave behind, and how to avoid it.',
    options: PREFLIGHT_OPTIONS,
    required: ['cluster'],
    exits: [
      'nothing would be left',
      'something would',
      'no such cluster, bad usage or settings',
      'incomplete: something could not be read',
    ],
    examples: ['sgp-warden preflight --cluster payments --region eu-west-1'],
  },
  cleanup: {
    says: 'Plans the deletion of proven orphans and says why, what that unblocks and what is refused. With --apply: deletes them.',
    options: CLEANUP_OPTIONS,
    required: [],
    exits: [
      'the plan is printed; with --apply: all of it is done',
      'something was refused, deferred, left or failed, or the plan was not confirmed',
      'bad usage or settings',
      'incomplete: something could not be read; wins over 1',
    ],
    examples: [
      'sgp-warden cleanup --region eu-west-1 --ledger warden.json           # the plan; deletes nothing',
      'sgp-warden cleanup --region eu-west-1 --ledger warden.json --apply',
      'sgp-warden cleanup --cluster payments --ledger warden.json --wait --apply   # all in one',
    ],
  },
  approve: {
    says: 'Approves a plan that waits in a deployed ledger. The next sweep has it carried out, every interface proven once more.',
    options: DECISION_OPTIONS,
    operands: { PLAN: 'The id of the plan, as its message and `audit` show it.' },
    required: ['ledger'],
    exits: [
      'the approval is recorded',
      'it was refused (the plan is unknown, over, changed, or answered already), or not confirmed',
      'bad usage, or no such ledger',
      'incomplete: the ledger, or who is asking, could not be read',
    ],
    examples: ['sgp-warden approve 0123456789abcdef --region eu-west-1 --ledger dynamodb:sgp-warden-ledger'],
  },
  reject: {
    says: 'Rejects a plan, or takes an approval back that nobody began to carry out. What it is about stays, and is not asked about again.',
    options: DECISION_OPTIONS,
    operands: { PLAN: 'The id of the plan.' },
    required: ['ledger'],
    exits: [
      'the rejection is recorded',
      'it was refused (the plan is unknown or over), or not confirmed',
      'bad usage, or no such ledger',
      'incomplete: the ledger, or who is asking, could not be read',
    ],
    examples: ['sgp-warden reject 0123456789abcdef --region eu-west-1 --ledger dynamodb:sgp-warden-ledger'],
  },
  accept: {
    says: 'Accepts a finding until a day: it stays visible, raises no alert and is not cleaned up, until that day is over or it gets worse.',
    options: ACCEPT_OPTIONS,
    operands: { FINDING: 'The id of the finding, as `audit` and the messages show it.' },
    required: ['reason', 'owner', 'until', 'ledger'],
    exits: [
      'the acceptance is recorded',
      'it was refused (no such open finding, a day that is over or more than a year ahead, another account)',
      'bad usage, or no such ledger',
      'incomplete: the ledger, or who is asking, could not be read',
    ],
    examples: [
      "sgp-warden accept dns-path-blocked/111122223333/eu-west-1/shop/sg-0123456789abcdef0 --reason 'talks to IP addresses only' --owner shop-team --until 2027-01-31 --ledger dynamodb:sgp-warden-ledger",
    ],
  },
  history: {
    says: 'What was planned, approved and deleted, when and by whom, and how to create it again.',
    options: HISTORY_OPTIONS,
    required: ['ledger'],
    exits: ['the history is printed', '', 'bad usage, no such ledger or interface', 'the ledger could not be read'],
    examples: ['sgp-warden history --ledger warden.json', 'sgp-warden history --ledger warden.json --recreate eni-0123456789abcdef0'],
  },
  rules: {
    says: 'What is looked for.',
    options: RULES_OPTIONS,
    required: [],
    exits: ['the rules are listed', '', 'bad usage'],
    examples: ['sgp-warden rules --format json'],
  },
} as const satisfies Record<string, CommandUsage>;

export type CommandName = keyof typeof COMMANDS;
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

function synopsis(name: CommandName): string {
  const { options, required, operands = {} }: CommandUsage = COMMANDS[name];
  const parts = Object.entries(options).map(([option, { value, repeatable }]) => {
    const stated = value === undefined ? `--${option}` : `--${option} ${value}`;
    return `${required.includes(option) ? stated : `[${stated}]`}${repeatable ? '...' : ''}`;
  });
  return [`sgp-warden ${name}`, ...Object.keys(operands), ...parts].join(' ');
}

/** The usage of one command. */
export function commandUsage(name: CommandName, view: View): string {
  const { says, options, operands = {}, exits, examples }: CommandUsage = COMMANDS[name];
  const rows = [
    ...Object.entries(operands),
    ...Object.entries(options).map(([option, { value, says, repeatable }]) => [
      value === undefined ? `--${option}` : `--${option} ${value}`,
      `${says}${repeatable ? ' May be repeated.' : ''}`,
    ]),
  ];
  const exitRows = exits.map((meaning, code) => [String(code), meaning]).filter(([, meaning]) => meaning !== '');
  const blocks = [
    paragraph(says),
    ...section('options', 'Options', table('options', rows)),
    ...section('exits', 'Exit codes', table('exits', exitRows)),
    ...section('examples', 'Examples', commandBlock(examples)),
  ];
  return terminal([{ title: synopsis(name), blocks }], view);
}

/** The usage of the program. */
export function usage(version: string, view: View): string {
  const help = ['help', 'This text. `sgp-warden help COMMAND` or `sgp-warden COMMAND --help` lists the options.'];
  const title = `sgp-warden ${version}: finds, proves and cleans up what EKS security groups for pods leave behind, and what they break`;
  const blocks = [
    ...section('commands', 'Commands', table('commands', [...COMMAND_NAMES.map((name) => [name, COMMANDS[name].says]), help])),
    ...section('examples', 'Examples', commandBlock(COMMAND_NAMES.flatMap((name) => [...COMMANDS[name].examples]))),
    ...section('exits', 'Exit codes', table('exits', EXIT_CODES)),
    paragraph(
      'Credentials, region and endpoint are found as every AWS tool finds them: AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL and so on.',
    ),
  ];
  return terminal([{ title, blocks }], view);
}

const EXIT_CODES = [
  ['0', 'nothing found; cleanup: the plan is printed, or all of it is done; approve, reject, accept: recorded'],
  ['1', 'findings at or above --fail-on; cleanup: something refused, deferred, left or failed; approve, reject, accept: refused'],
  ['2', 'bad usage or settings'],
  ['3', 'incomplete: something could not be read, or the run failed; wins over 1'],
];
