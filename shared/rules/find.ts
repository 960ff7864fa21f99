import type { Topic } from '../domain/verdict.ts';
import type { Rule } from './define.ts';
import { RULES } from './index.ts';

/** The rule of an id; undefined where another version of this program knew it. */
export const ruleOf = (id: string): Rule | undefined => RULES.find(({ meta }) => meta.id === id);

/** The ids of all rules about a topic. */
export const ruleIds = (topic: Topic): readonly string[] => RULES.filter((rule) => rule.topic === topic).map(({ meta }) => meta.id);
