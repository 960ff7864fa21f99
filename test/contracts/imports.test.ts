import { describe, expect, it } from '@jest/globals';
import { refusal } from './directions.ts';
import { sources, textOf } from './source-files.ts';
import { COMPUTED, importsOf, usesGlobal } from './syntax.ts';

describe('the project', () => {
  it('imports in the allowed directions only', () => {
    const files = sources('shared', 'cli', 'functions', 'sandbox', 'scripts', 'bench');
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => importsOf(textOf(file)).flatMap((named) => refusal(file, named) ?? []))).toEqual([]);
  });

  it('reads no environment in shared: settings are arguments', () => {
    expect(sources('shared').filter((file) => usesGlobal(textOf(file), 'process'))).toEqual([]);
  });
});

describe('the allowed directions', () => {
  it.each([
    ['shared/domain/finding.ts', './verdict.ts'],
    ['shared/rules/a-rule.ts', '../proof/orphan.ts'],
    ['shared/proof/fingerprint.ts', 'node:crypto'],
    ['shared/inventory/ec2/interfaces-by-id.ts', '@aws-sdk/client-ec2'],
    ['shared/findings/audit.ts', '../ledger/session.ts'],
    ['cli/compose.ts', '../shared/ledger/file/store.ts'],
    ['cli/compose.ts', '../shared/ledger/dynamodb/store.ts'],
    ['cli/commands/history.ts', '../../shared/ledger/kind.ts'],
    ['cli/commands/recreate.ts', '../../shared/plans/recreate.ts'],
    ['cli/commands/rules.ts', '../../shared/rules/index.ts'],
    ['sandbox/demo/main.ts', '../../shared/findings/audit.ts'],
    ['scripts/gen.ts', COMPUTED],
  ])('let %s import %s', (from, named) => {
    expect(refusal(from, named)).toBeUndefined();
  });

  it.each([
    ['shared/domain/finding.ts', '../aws/errors.ts'],
    ['shared/domain/finding.ts', 'node:fs'],
    ['shared/rules/a-rule.ts', '../aws/clients.ts'],
    ['shared/rules/a-rule.ts', '../ledger/diff.ts'],
    ['shared/rules/a-rule.ts', '@aws-sdk/client-ec2'],
    ['shared/proof/orphan.ts', '../rules/define.ts'],
    ['shared/findings/diff.ts', '../teardowns/certificate.ts'],
    ['shared/findings/diff.ts', 'node:fs/promises'],
    ['shared/teardowns/certificate.ts', '../findings/audit.ts'],
    ['shared/digests/daily.ts', '../changes/undo.ts'],
    ['shared/inventory/collect.ts', 'node:process'],
    ['shared/deps.ts', '@aws-sdk/client-ec2'],
    ['shared/deps.ts', '../sandbox/index.ts'],
    ['shared/findings/audit.ts', COMPUTED],
    ['shared/brand-new/thing.ts', '../domain/finding.ts'],
    ['cli/commands/audit.ts', '../../shared/aws/clients.ts'],
    ['cli/compose.ts', '../test/support/interfaces.ts'],
    ['cli/commands/audit.ts', '../../shared/run/worker.ts'],
    ['cli/commands/audit.ts', '../../shared/ledger/dynamodb/store.ts'],
    ['cli/commands/history.ts', '../../shared/ledger/memory.ts'],
    ['cli/commands/audit.ts', '../../shared/rules/leftovers/orphaned-branch-eni.ts'],
    ['sandbox/world/clusters/clusters.ts', '../../../shared/domain/tags.ts'],
    ['sandbox/world/clusters/clusters.ts', '@aws-sdk/client-ec2'],
  ])('forbid %s to import %s', (from, named) => {
    expect(refusal(from, named)).toContain(from);
  });
});

describe('what a module imports', () => {
  it.each([
    ["import a from './a.ts'", './a.ts'],
    ["import './a.ts'", './a.ts'],
    ["import type { A } from './a.ts'", './a.ts'],
    ["import { type A } from './a.ts'", './a.ts'],
    ["export { a } from './a.ts'", './a.ts'],
    ["export * from './a.ts'", './a.ts'],
    ["type A = import('./a.ts').A", './a.ts'],
    ["const a = await import('./a.ts')", './a.ts'],
    ['const a = (name: string) => import(name)', COMPUTED],
  ])('is found in: %s', (text, named) => {
    expect(importsOf(text)).toEqual([named]);
  });

  it.each(['process.env.HOME', "globalThis['a'] = process", 'const { env } = process'])(
    'includes the environment of the process in: %s',
    (text) => {
      expect(usesGlobal(text, 'process')).toBe(true);
      expect(usesGlobal(`// ${text}`, 'process')).toBe(false);
    },
  );
});
