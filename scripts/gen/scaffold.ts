import { TOPICS } from '../../shared/domain/verdict.ts';
import { END_OF_HEADER } from './rule-doc.ts';

/** What a new rule starts with, by path: a rule that reports nothing yet, a test that says so, a page to fill in. */
export function scaffold(topic: string, id: string): Readonly<Record<string, string>> {
  const words = id.replaceAll('-', ' ');
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return {
    [`shared/rules/${topic}/${id}.ts`]: `import * as v from 'valibot';
import { clusterOf } from '../../domain/tags.ts';
import { defineRule } from '../define.ts';

export default defineRule({
  meta: {
    id: '${id}',
    title: '${title}',
    severity: 'low',
    why: 'One sentence: what goes wrong while this is so.',
    remedy: 'One sentence: what to do about it.',
  },
  topic: '${topic}',
  // What a finding shows, each part with the title that people read: v.pipe(v.string(), v.title('Node role')).
  evidence: v.object({}),
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
    [`test/rules/${topic}/${id}.test.ts`]: `import rule from '../../../shared/rules/${topic}/${id}.ts';
import { branchEni } from '../../support/interfaces.ts';
import { testRule } from '../../support/rule-tester.ts';

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

/** Why there can be no rule of this topic and id, or undefined. */
export function problemWith(topic: string, id: string): string | undefined {
  if (!TOPICS.some((each) => each === topic)) return `${JSON.stringify(topic)} is no topic: use ${TOPICS.join(', ')}`;
  if (/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id)) return undefined;
  return `${JSON.stringify(id)} is no rule id: use two or more words in lower case, joined with hyphens that name the bad state, e.g. orphaned-branch-eni`;
}
