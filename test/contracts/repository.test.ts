import { basename, posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { OLDEST_NODE } from '../../scripts/build/esbuild.ts';
import { generatedFiles, isCurrent } from '../../scripts/gen/generated-files.ts';
import { bodyOf } from '../../scripts/gen/rule-doc.ts';
import { RULES } from '../../shared/rules/index.ts';
import { downloadAddresses, type Lock, missingOptionals } from './lockfile.ts';
import { FILES, ROOT, sources, textOf } from './source-files.ts';
import { selections, waitsIn } from './syntax.ts';

const CODE = ['shared', 'cli', 'functions', 'sandbox', 'scripts', 'bench', 'test'];
const MAX_LINES = 200;
const MAX_FILES = 20;
const LONGEST_WAIT_MS = 50;
// Placeholders of the scaffold.
const PLACEHOLDER = /To be written\./;

describe('every rule', () => {
  it.each(RULES.map(({ meta, topic }) => [meta.id, topic]))('%s has a test, and a page that says more than its header', (id, topic) => {
    expect(FILES).toContain(`test/rules/${topic}/${id}.test.ts`);
    expect(FILES).toContain(`docs/rules/${id}.md`);
    expect(bodyOf(textOf(`docs/rules/${id}.md`))).not.toBe('');
    expect(textOf(`docs/rules/${id}.md`)).not.toMatch(PLACEHOLDER);
  });

  it('is the only thing that has a page in docs/rules', () => {
    const pages = FILES.filter((path) => path.startsWith('docs/rules/'));
    expect(pages.sort()).toEqual(RULES.map((rule) => `docs/rules/${rule.meta.id}.md`).sort());
  });
});

describe('every output', () => {
  // A renderer has the name of its output, and gives a text: emailOf in email.ts, terminal in terminal.ts.
  const isRenderer = (path: string) =>
    new RegExp(`^export (?:const|function) ${basename(path, '.ts')}(?:Of)?\\b.*(?:\\)|text): string`, 'm').test(textOf(path));
  const renderers = sources('shared/render').filter(isRenderer);

  it.each(renderers)('%s has a test', (path) => {
    expect(FILES).toContain(path.replace('shared/', 'test/').replace(/\.ts$/, '.test.ts'));
  });

  it('is found by its name', () => {
    expect(renderers).toEqual(
      expect.arrayContaining(['chat', 'email', 'machine', 'markdown', 'terminal'].map((name) => `shared/render/${name}.ts`)),
    );
  });
});

describe('generated files', () => {
  it('are as `npm run gen` would write them', async () => {
    const files = await generatedFiles(ROOT);
    expect(files.filter((file) => !isCurrent(file)).map((file) => file.path)).toEqual([]);
  });
});

describe('source files', () => {
  it(`have ${MAX_LINES} lines at most`, () => {
    const long = sources('shared', 'cli', 'functions', 'scripts').filter((path) => textOf(path).trimEnd().split('\n').length > MAX_LINES);
    expect(long).toEqual([]);
  });

  it(`stand in folders of ${MAX_FILES} files at most`, () => {
    const folders = Map.groupBy(sources('shared', 'cli', 'functions', 'sandbox', 'scripts', 'bench'), (path) => posix.dirname(path));
    expect([...folders].filter(([, files]) => files.length > MAX_FILES).map(([folder]) => folder)).toEqual([]);
  });

  it('are named for what they hold', () => {
    const word = (...words: string[]) => new RegExp(`(?:^|[/.-])(?:${words.join('|')})s?(?=[/.-])`);
    const empty = word('util', 'helper', 'manager', 'common');
    const service = word('service');
    expect('shared/aws-helpers/clients.ts').toMatch(empty);
    const files = sources(...CODE);
    expect(files.filter((path) => empty.test(path))).toEqual([]);
    // In the sandbox a service is what AWS calls one: EC2, EKS, STS.
    expect(files.filter((path) => service.test(path) && !path.includes('sandbox/'))).toEqual([]);
  });

  it('name no path of one machine and no host of a registry', () => {
    // Put together, so that this file does not name them itself.
    const folders = ['work', 'root', 'tmp', 'home', 'Users'].join('|');
    const hosts = ['registry', 'artifactory', 'nexus', 'pypi', 'mirror'].join('|');
    const machine = new RegExp(`(?<![\\w./~-])/(?:${folders})\\b|//[\\w.-]*(?:${hosts})[\\w.-]*|\\b(?:${hosts})\\.[a-z]+\\.[a-z]+`);
    const host = ['registry', 'npmjs', 'org'].join('.');
    for (const named of [['', 'work', 'main'].join('/'), `https://${host}/jest`, host]) expect(`see ${named}`).toMatch(machine);
    expect(FILES.filter((path) => machine.test(textOf(path)))).toEqual([]);
  });
});

describe('tests', () => {
  it('all run: none selects itself or is skipped', () => {
    expect(selections('it.only.each([])(); describe.skip(name, suite); fit(name, test); it(name, test)')).toHaveLength(3);
    // Only suites that run other programs may be skipped, and say why: a machine need not have Python, nor AWS's own CLI.
    const needOthers = ['test/moto/', 'test/sandbox/aws-cli.test.ts', 'test/contracts/template.cfn-lint.test.ts'];
    const tests = sources('test').filter((path) => path.endsWith('.test.ts') && !needOthers.some((place) => path.startsWith(place)));
    expect(tests.filter((path) => selections(textOf(path)).length > 0)).toEqual([]);
  });

  it('wait for what they need, not for a while', () => {
    expect(waitsIn('await pause(100); setTimeout(resolve, 2_000); setTimeout(resolve, 20); pause(long)', 100)).toEqual([
      'pause(100)',
      'setTimeout(2000)',
    ]);
    // What a function of the sandbox does in its own process, until it is ended.
    const tests = sources('test').filter((path) => path !== 'test/sandbox/lambda/fixture.ts');
    expect(tests.flatMap((path) => waitsIn(textOf(path), LONGEST_WAIT_MS).map((wait) => `${path}: ${wait}`))).toEqual([]);
  });

  it('have no time limit of their own: a machine may be busy', () => {
    const limit = /^\s*\},? [\d_]{4,}\);$|^\s+[\d_]{5,},$\n\s*\);$/m;
    expect(['}, 120_000);', '    },\n    60_000,\n  );', '});'].map((text) => limit.test(text))).toEqual([true, true, false]);
    expect(sources('test').filter((path) => path.endsWith('.test.ts') && limit.test(textOf(path)))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Lock };

  it('records no download address', () => {
    expect(downloadAddresses({ 'node_modules/a': { resolved: 'somewhere' }, 'node_modules/b': {} })).toEqual(['node_modules/a']);
    expect(downloadAddresses(packages)).toEqual([]);
  });

  it('lists every optional dependency of its packages, or `npm ci` refuses it', () => {
    const holder = { optionalDependencies: { a: '1.0.0' } };
    expect(missingOptionals({ '': {}, 'node_modules/b': holder })).toEqual(['a']);
    expect(missingOptionals({ 'node_modules/b': holder, 'node_modules/b/node_modules/a': {} })).toEqual([]);
    expect(missingOptionals({ 'node_modules/@c/b/node_modules/d': holder, 'node_modules/a': {} })).toEqual([]);
    expect(missingOptionals(packages)).toEqual([]);
  });
});

it('package.json asks for the Node.js that the command line is built for', () => {
  const { engines } = JSON.parse(textOf('package.json')) as { engines: { node: string } };
  expect(engines.node).toBe(OLDEST_NODE.replace('node', '>='));
});
