import type { About } from '../../shared/domain/verdict.ts';
import { RULES } from '../../shared/rules/index.ts';

/** What the rule of this id is about; a rule that is not known is about leftovers of no name. */
export function aboutOf(ruleId: string): About {
  const { topic = 'leftovers', path, leftover } = RULES.find(({ meta }) => meta.id === ruleId) ?? {};
  return { topic, ...(path && { path }), ...(leftover && { leftover }) };
}
