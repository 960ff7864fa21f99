import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { bodyOf, END_OF_HEADER, renderRuleDoc, renderRuleHeader } from '../../../scripts/gen/rule-doc.ts';
import { defineRule } from '../../../shared/rules/define.ts';

const rule = defineRule({
  meta: {
    id: 'blocked-path',
    title: 'A path that is blocked',
    severity: 'high',
    states: ['suspect', 'orphan'],
    why: 'It hurts.',
    remedy: 'Open it.',
  },
  topic: 'paths',
  evidence: v.object({ proof: v.string() }),
  needs: ['branchEnis', 'clusters'],
  evaluate: () => [],
});
const header = renderRuleHeader(rule, ['ec2:DescribeNetworkInterfaces', 'eks:DescribeCluster']);

describe("a rule's page", () => {
  it('starts with what the metadata say', () => {
    expect(header).toContain('# A path that is blocked\n');
    expect(header).toContain(
      '| Id | `blocked-path` |\n| Severity | high |\n| States | `suspect`, then `orphan` |\n| Evidence | `proof` |\n| Slices | `branchEnis`, `clusters` |',
    );
    expect(header).toContain('| IAM actions | `ec2:DescribeNetworkInterfaces`, `eks:DescribeCluster` |');
    expect(header).toContain('It hurts.');
    expect(header).toContain('Open it.');
    expect(header.endsWith(`${END_OF_HEADER}\n`)).toBe(true);
  });

  it('keeps what is written below the end marker, and nothing above it', () => {
    const page = renderRuleDoc(header, `# An old title\n${END_OF_HEADER}\n\n## What it means\n\nMuch.\n`);
    expect(page).toBe(`${header}\n## What it means\n\nMuch.\n`);
    expect(renderRuleDoc(header, page)).toBe(page);
    expect(bodyOf(page)).toBe('## What it means\n\nMuch.');
  });

  it('may have no body yet', () => {
    expect(renderRuleDoc(header, END_OF_HEADER)).toBe(header);
    expect(renderRuleDoc(header, header)).toBe(header);
  });

  it('is refused without its end marker: the body would be lost', () => {
    expect(() => renderRuleDoc(header, '## What it means')).toThrow(END_OF_HEADER);
  });
});
