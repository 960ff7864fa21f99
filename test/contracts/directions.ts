// Who may import what: data flows one way, and sibling stages never import one another.
import { posix } from 'node:path';
import { COMPUTED } from './syntax.ts';

const NOUNS = ['findings', 'teardowns', 'changes', 'plans', 'digests'];
/** What the ledger holds of each noun. */
const RECORDS = [...NOUNS, 'channels/slack'].map((noun) => `shared/${noun}/record.ts`);
/** What each noun says of its news, and all that the ledger keeps of what it is about. */
const CONTENTS = NOUNS.flatMap((noun) => [`shared/${noun}/content.ts`, `shared/${noun}/dossier.ts`]);
/** What others may know of a noun: what it is, not what it does. */
const TYPES = [
  'shared/findings/audit-report.ts',
  'shared/teardowns/teardown.ts',
  'shared/teardowns/preflight-report.ts',
  'shared/changes/change.ts',
  'shared/plans/plan.ts',
  'shared/plans/deletion.ts',
  'shared/digests/digest.ts',
  'shared/digests/measurement.ts',
];
const DOMAIN = 'shared/domain/';
/** What a noun is made with: words, the ledger's kit, clients, and what every use case is given. */
const KIT = [
  DOMAIN,
  ...TYPES,
  'shared/content/',
  'shared/ledger/',
  'shared/aws/',
  'shared/settings/',
  'shared/inventory/',
  'shared/deps.ts',
];

// What a folder may import of the project besides itself; the first match counts.
const MAY_IMPORT: readonly (readonly [folder: string, allowed: readonly string[]])[] = [
  [DOMAIN, []],
  ['shared/content/', [DOMAIN, ...TYPES]],
  ['shared/aws/', [DOMAIN]],
  ['shared/settings/', [DOMAIN, ...TYPES, 'shared/content/nearest.ts']],
  // The pure heart.
  ['shared/proof/', [DOMAIN]],
  // A remedy prints commands, and one thing knows how a shell reads a word.
  ['shared/network/', [DOMAIN, 'shared/content/shell-word.ts']],
  ['shared/paths/', [DOMAIN, 'shared/network/', 'shared/content/words.ts']],
  ['shared/rules/', [DOMAIN, 'shared/proof/', 'shared/network/', 'shared/paths/', 'shared/content/words.ts']],
  ['shared/inventory/', [DOMAIN, ...TYPES, 'shared/aws/']],
  // Each noun says what the ledger holds of it, in terms of the kit; kinds.ts lists them all, and the stores know no other way to them.
  ['shared/ledger/', [DOMAIN, 'shared/aws/', 'shared/content/announcement.ts', ...RECORDS]],
  ['shared/deps.ts', [DOMAIN, 'shared/aws/', 'shared/ledger/store.ts', 'shared/settings/', 'shared/channels/publisher.ts']],
  // Nouns never import one another, but plans are made of findings.
  ['shared/findings/', [...KIT, 'shared/proof/', 'shared/rules/', 'shared/plans/record.ts']],
  // Which undecided subjects may be left of a cluster, is the rule's to say.
  ['shared/teardowns/', [...KIT, 'shared/rules/find.ts']],
  // The way back is printed as commands, and one thing knows which addresses a rule holds.
  ['shared/changes/', [...KIT, 'shared/network/address.ts']],
  ['shared/plans/', [...KIT, 'shared/findings/', 'shared/proof/', 'shared/rules/find.ts']],
  ['shared/digests/', KIT],
  // announced.ts lists what the nouns announce; whoever renders or delivers a message knows no other way to them.
  ['shared/render/', [DOMAIN, ...TYPES, 'shared/content/', 'shared/ledger/store.ts', ...CONTENTS]],
  [
    'shared/channels/',
    [DOMAIN, ...TYPES, 'shared/content/', 'shared/aws/', 'shared/settings/', 'shared/ledger/', 'shared/render/', ...RECORDS],
  ],
  // The only folder that may import every noun.
  ['shared/run/', ['shared/']],
  ['functions/', ['shared/run/', 'shared/settings/config.ts', 'shared/settings/wiring.ts']],
  // The commands are the use cases. Only one file binds them to the stores.
  ['cli/compose.ts', ['cli/', 'shared/', 'package.json']],
  [
    'cli/',
    [
      DOMAIN,
      ...RECORDS,
      'shared/findings/',
      'shared/plans/',
      'shared/teardowns/',
      'shared/content/',
      'shared/render/',
      'shared/settings/',
      'shared/rules/define.ts',
      'shared/rules/index.ts',
      'shared/aws/errors.ts',
      'shared/run/caller.ts',
      'shared/run/audit.ts',
      'shared/deps.ts',
      'shared/ledger/kind.ts',
      'shared/ledger/store.ts',
      'shared/ledger/file/',
      'package.json',
    ],
  ],
  ['sandbox/demo/', ['sandbox/', 'shared/', 'cli/', 'scripts/build/']],
  // It stands for AWS: were it made of our own code, it would agree with our mistakes.
  ['sandbox/', []],
  ['scripts/', ['shared/']],
  ['bench/', ['sandbox/', 'shared/', 'cli/']],
  ['test/', ['']],
];

const PURE = [DOMAIN, 'shared/content/', 'shared/proof/', 'shared/network/', 'shared/paths/', 'shared/rules/', 'shared/changes/'];

// What pure code may use all the same: nothing in it touches the world.
const PURE_IMPORTS: readonly (readonly [name: string, place: string])[] = [
  ['node:crypto', 'shared/proof/'],
  ['node:util', 'shared/content/'],
  ['ipaddr.js', 'shared/network/'],
  // What the ledger and the queues hold is described once: its types are made of what is checked when it is read.
  ['valibot', 'shared/'],
];

// Packages and Node modules that only some places may use.
const RESERVED: readonly (readonly [name: string, places: readonly string[]])[] = [
  // The demo plays the user who meets AWS's refusals.
  [
    '@aws-sdk/',
    [
      'shared/inventory/',
      'shared/aws/',
      'shared/ledger/dynamodb',
      'shared/channels/sns.ts',
      'shared/channels/cloudwatch.ts',
      'shared/plans/execute/delete-interface.ts',
      'shared/run/messages/queue.ts',
      'shared/run/clicks/secret.ts',
      'sandbox/demo/',
    ],
  ],
  ['@smithy/', ['shared/aws/']],
  [
    'node:fs',
    [
      'shared/ledger/file/store.ts',
      'shared/ledger/file/replace-file.ts',
      'shared/ledger/file/ledger-path.ts',
      'cli/',
      'scripts/',
      'sandbox/demo/',
      'sandbox/lambda/',
    ],
  ],
  ['node:child_process', ['scripts/', 'sandbox/demo/', 'sandbox/lambda/']],
  ['node:http', ['sandbox/']],
  ['node:net', ['sandbox/']],
  // A line of log, as Lambda wants it: one JSON object, without console's prefix.
  ['node:process', ['cli/', 'scripts/', 'shared/run/lambda.ts']],
  ['@middy/', ['shared/run/lambda.ts']],
  // It only parses and prints: as pure as what calls it.
  ['ipaddr.js', ['shared/network/address.ts']],
];

const isIn = (path: string, places: readonly string[]): boolean => places.some((place) => path.startsWith(place));

/** Why a file may not import what it names, or undefined. */
export function refusal(from: string, named: string): string | undefined {
  if (from.startsWith('test/') || (named === COMPUTED && !isIn(from, ['shared/', 'cli/']))) return undefined;
  if (named === COMPUTED) return `${from} imports what only a run can tell`;
  return named.startsWith('.') ? inside(from, posix.join(posix.dirname(from), named)) : outside(from, named);
}

function inside(from: string, to: string): string | undefined {
  const [folder, allowed] = MAY_IMPORT.find(([each]) => from.startsWith(each)) ?? [];
  if (!folder || !allowed) return `${from} is in no folder of test/contracts/directions.ts; say there what it may import`;
  return isIn(to, [folder, ...allowed]) ? undefined : `${from} may not import ${to}`;
}

function outside(from: string, name: string): string | undefined {
  const allowed = PURE_IMPORTS.some(([each, place]) => name === each && from.startsWith(place));
  if (isIn(from, PURE) && !allowed) return `${from} is pure and may not import ${name}`;
  const reserved = RESERVED.find(([each]) => (each.endsWith('/') ? name.startsWith(each) : name === each || name.startsWith(`${each}/`)));
  if (!reserved || isIn(from, reserved[1])) return undefined;
  return `${from} may not import ${name}, only ${reserved[1].join(', ')} may`;
}
