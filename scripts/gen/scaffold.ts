import { END_OF_HEADER } from './rule-doc.ts';

/** What a new rule starts with, by path: a rule that reports nothing yet, a test that says so, a page to fill in. */
export function scaffold(id: string): Readonly<Record<string, string>> {
  const words = id.replaceAll('-', ' ');
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return {
    [`shared/rules/${id}.ts`]: `import { clusterOf } from '../model/tags.ts';
import { defineRule } from './define.ts';

export default defineRule({
  meta: {
    id: '${id}',
    title: '${title}',
    severity: 'low',
    why: 'One sentence: what goes wrong while this is so.',
    remedy: 'One sentence: what to do about it.',
  },
  needs: ['branchEnis'],
  evaluate: ({ branchEnis }) =>
    branchEnis.map((eni) => ({
      subject: { type: 'network-interface', id: eni.id },
      cluster: clusterOf(eni),
      verdict: 'not-applicable',
      summary: \`\${eni.id} is not judged yet\`,
      evidence: {},
    })),
});
`,
    [`test/rules/${id}.test.ts`]: `import rule from '../../shared/rules/${id}.ts';
import { branchEni } from '../support/interfaces.ts';
import { testRule } from '../support/rule-tester.ts';

const eni = branchEni();

testRule(rule, [{ name: 'judges no interface yet', slices: { branchEnis: [eni] }, expect: { [eni.id]: 'not-applicable' } }]);
`,
    [`docs/rules/${id}.md`]: `${END_OF_HEADER}

## What it means

To be written.

## How it is proven

To be written.

## When it is unknown

To be written.

## What to do

To be written.

## What it does not see

To be written.
`,
  };
}

/** Why there can be no rule of this id, or undefined. */
export function problemWith(id: string): string | undefined {
  if (/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id)) return undefined;
  return `${JSON.stringify(id)} is no rule id: use two or more words in lower case, joined with hyphens that name the bad state, e.g. orphaned-branch-eni`;
}
