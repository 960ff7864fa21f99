// Who may import what: data flows one way, and sibling stages never import one another.
import { posix } from 'node:path';
import { COMPUTED } from './syntax.ts';

const NOUNS = ['findings', 'teardowns', 'changes', 'plans', 'digests', 'channels/slack'];
/** What the ledger holds of each noun. */
const RECORDS = NOUNS.map((noun) => `shared/${noun}/record.ts`);
/** What each noun says of its news, and all that the ledger keeps of what it is about. */
const CONTENTS = ['findings', 'teardowns', 'changes', 'plans', 'digests'].flatMap((noun) => [
  `shared/${noun}/content.ts`,
  `shared/${noun}/dossier.ts`,
]);
/** What such a file is written with. */
const KIND = ['shared/ledger/kind.ts'];

// What a folder may import of the project besides itself; the first match counts.
const MAY_IMPORT: readonly (readonly [folder: string, allowed: readonly string[]])[] = [
  ['shared/domain/', ['shared/model/']],
  ['shared/model/', []],
  ['shared/content/', ['shared/model/', 'shared/domain/']],
  ['shared/runtime/', ['shared/model/', 'shared/domain/']],
  ['shared/aws/', ['shared/model/', 'shared/domain/errors.ts']],
  ['shared/proof/', ['shared/model/', 'shared/domain/']],
  // A remedy prints commands, and one thing knows how a shell reads a word.
  ['shared/network/', ['shared/model/', 'shared/domain/', 'shared/content/shell-word.ts']],
  ['shared/teardown/', ['shared/model/', 'shared/domain/']],
  ['shared/numbers/', ['shared/model/', 'shared/domain/']],
  ['shared/paths/', ['shared/model/', 'shared/domain/', 'shared/network/']],
  ['shared/rules/', ['shared/model/', 'shared/domain/', 'shared/proof/', 'shared/network/', 'shared/paths/']],
  ['shared/inventory/', ['shared/model/', 'shared/domain/', 'shared/runtime/', 'shared/aws/']],
  // Each noun says what the ledger holds of it, in terms of the kit; kinds.ts lists them all, and the stores know no other way to them.
  ['shared/ledger/', ['shared/model/', 'shared/domain/', 'shared/runtime/', 'shared/aws/', ...RECORDS]],
  // Why a finding matters, and what its evidence is called, is the rule's to say.
  ['shared/findings/', ['shared/model/', 'shared/domain/', 'shared/rules/find.ts', ...KIND]],
  ['shared/teardowns/', ['shared/model/', 'shared/domain/', ...KIND]],
  // Which undecided subjects are a cleanup's, is the rule's to say; the plan of what was found shows the finding's proof.
  ['shared/plans/', ['shared/model/', 'shared/domain/', 'shared/findings/', 'shared/rules/find.ts', ...KIND]],
  ['shared/digests/', ['shared/model/', 'shared/domain/', ...KIND]],
  // announced.ts lists what the nouns announce; whoever renders or delivers a message knows no other way to them.
  ['shared/render/', ['shared/model/', 'shared/domain/', 'shared/ledger/store.ts', ...CONTENTS]],
  [
    'shared/channels/',
    ['shared/model/', 'shared/domain/', 'shared/runtime/', 'shared/aws/', 'shared/ledger/', 'shared/render/', ...RECORDS],
  ],
  ['shared/events/', ['shared/model/', 'shared/domain/']],
  // The way back is printed as commands, and one thing knows which addresses a rule holds.
  ['shared/changes/', ['shared/model/', 'shared/domain/', 'shared/network/address.ts', 'shared/content/shell-word.ts', ...KIND]],
  ['shared/cleanup/', ['shared/model/', 'shared/domain/', 'shared/runtime/', 'shared/aws/', 'shared/proof/', 'shared/ledger/', ...RECORDS]],
  ['shared/app/', ['shared/']],
  ['functions/', ['shared/app/', 'shared/settings/config.ts', 'shared/settings/wiring.ts']],
  // The commands are the use cases; what they need besides is which rules there are, and what a ledger says of deletions. Only one
  // file binds them to the stores.
  ['cli/compose.ts', ['cli/', 'shared/app/', 'shared/rules/index.ts', 'shared/ledger/', 'package.json']],
  [
    'cli/',
    [
      'shared/app/',
      'shared/model/',
      'shared/domain/',
      'shared/content/',
      'shared/runtime/',
      'shared/aws/errors.ts',
      'shared/rules/index.ts',
      'shared/rules/define.ts',
      'shared/rules/find.ts',
      'shared/ledger/kind.ts',
      'shared/ledger/store.ts',
      ...RECORDS,
      'shared/findings/',
      'shared/plans/report/',
      'shared/teardowns/preflight-content.ts',
      'shared/render/',
      'shared/plans/recreate.ts',
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

const PURE = [
  'shared/domain/',
  'shared/model/',
  'shared/content/',
  'shared/proof/',
  'shared/network/',
  'shared/paths/',
  'shared/teardown/',
  'shared/changes/',
  'shared/numbers/',
  'shared/rules/',
  'shared/findings/report/',
  'shared/plans/report/',
  'shared/teardowns/preflight-content.ts',
];

// What pure code may use all the same: nothing in it touches the world.
const PURE_IMPORTS: readonly (readonly [name: string, place: string])[] = [
  ['node:crypto', 'shared/proof/'],
  ['node:util', 'shared/content/'],
  ['ipaddr.js', 'shared/network/'],
  ['valibot', 'shared/domain/'],
  ['valibot', 'shared/rules/'],
  // What the ledger keeps is described once: its types are made of what is checked when it is read.
  ['valibot', 'shared/model/'],
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
  // Where data enters that nobody has checked yet, and what it must look like: settings, a ledger file, the evidence that it keeps.
  [
    'valibot',
    [
      'shared/model/',
      'shared/runtime/',
      'shared/ledger/',
      'shared/findings/record.ts',
      'shared/events/',
      'shared/domain/evidence/',
      'shared/rules/',
    ],
  ],
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
  // How numbers, times and lists read is the same wherever a sentence is made.
  const words = folder.startsWith('shared/') && folder !== 'shared/model/' ? ['shared/content/'] : [];
  return isIn(to, [folder, ...words, ...allowed]) ? undefined : `${from} may not import ${to}`;
}

function outside(from: string, name: string): string | undefined {
  const allowed = PURE_IMPORTS.some(([each, place]) => name === each && from.startsWith(place));
  if (isIn(from, PURE) && !allowed) return `${from} is pure and may not import ${name}`;
  const reserved = RESERVED.find(([each]) => (each.endsWith('/') ? name.startsWith(each) : name === each || name.startsWith(`${each}/`)));
  if (!reserved || isIn(from, reserved[1])) return undefined;
  return `${from} may not import ${name}, only ${reserved[1].join(', ')} may`;
}
