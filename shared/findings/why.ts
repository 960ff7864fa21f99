import { fact } from '../content/blocks.ts';
import type { Fact } from '../content/document.ts';
import { ruleOf } from '../rules/find.ts';

/** Why what a rule finds matters, as the rule says it. */
export const whyOf = (ruleId: string): Fact[] => fact('why', 'Why it matters', ruleOf(ruleId)?.meta.why);

/** The same, and where the rule's page is. */
export const whyAndPage = (ruleId: string): Fact[] => [...whyOf(ruleId), ...fact('docs', 'More', ruleOf(ruleId)?.meta.docs)];
