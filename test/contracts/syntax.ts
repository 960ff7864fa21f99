import { parseSync } from '@swc/core';

type Node = Readonly<Record<string, unknown>> & { type: string };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

function* nodes(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) yield value;
  for (const each of Object.values(value)) yield* nodes(each);
}

const parsed = (text: string): Node[] => [...nodes(parseSync(text, { syntax: 'typescript', target: 'es2024' }))];

const literal = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'StringLiteral' && typeof node.value === 'string' ? node.value : undefined;

const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Identifier' && typeof node.value === 'string' ? node.value : undefined;

/** What an import of a path that is computed is called: nobody can tell where it leads. */
export const COMPUTED = '(computed)';

/** Everything that a module imports or re-exports, types and dynamic imports included, as it is written. */
export function importsOf(text: string): string[] {
  return parsed(text).flatMap((node) => {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return literal(node.source) ?? [];
    if (node.type === 'ExportNamedDeclaration') return literal(node.source) ?? [];
    if (node.type === 'TsImportType') return literal(node.argument) ?? COMPUTED;
    if (node.type === 'CallExpression' && isNode(node.callee) && node.callee.type === 'Import') {
      const [first] = node.arguments as { expression: unknown }[];
      return literal(first?.expression) ?? COMPUTED;
    }
    return [];
  });
}

/** What a module imports, types left out, from the packages whose name starts with `scope`. */
export function namesOf(text: string, scope: string): { from: string; name: string }[] {
  return parsed(text).flatMap((node) => {
    const from = node.type === 'ImportDeclaration' && node.typeOnly !== true ? literal(node.source) : undefined;
    if (!from?.startsWith(scope)) return [];
    const specifiers = node.specifiers as { local: unknown; isTypeOnly?: boolean }[];
    return specifiers.filter((each) => !each.isTypeOnly).map((each) => ({ from, name: nameOf(each.local) ?? COMPUTED }));
  });
}

/** Whether a module uses the global of this name. */
export const usesGlobal = (text: string, name: string): boolean => parsed(text).some((node) => nameOf(node) === name);

const SUITES = new Set(['describe', 'it', 'test', 'expect']);
const SHORT = new Set(['fit', 'xit', 'fdescribe', 'xdescribe', 'xtest']);
const SELECTING = new Set(['only', 'skip', 'todo']);

/** What selects or skips tests in a test file, e.g. `it.only`. */
export function selections(text: string): string[] {
  return parsed(text).flatMap((node) => {
    const name = nameOf(node);
    if (name !== undefined) return SHORT.has(name) ? name : [];
    if (node.type !== 'MemberExpression') return [];
    const [object, property] = [nameOf(node.object), nameOf(node.property)];
    return object && property && SUITES.has(object) && SELECTING.has(property) ? `${object}.${property}` : [];
  });
}

const WAITS = new Set(['setTimeout', 'pause', 'sleep']);

/** The waits of at least so many milliseconds that a text states, e.g. `setTimeout(resolve, 100)`. */
export function waitsIn(text: string, milliseconds: number): string[] {
  return parsed(text).flatMap((node) => {
    const name = node.type === 'CallExpression' ? nameOf(node.callee) : undefined;
    if (name === undefined || !WAITS.has(name)) return [];
    const given = (node.arguments as { expression: Node }[]).map(({ expression }) => expression);
    const long = given.find((each) => each.type === 'NumericLiteral' && Number(each.value) >= milliseconds);
    return long ? `${name}(${String(long.value)})` : [];
  });
}
