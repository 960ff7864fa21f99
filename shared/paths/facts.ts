import type { Slices } from '../domain/inventory.ts';
import { type CompiledFacts, compileFacts } from '../network/compile.ts';

export type FactSlices = Pick<Slices, 'securityGroups' | 'securityGroupRules' | 'vpcAssociations' | 'prefixLists'>;

/** What was read of security groups, as the evaluator takes it. */
export const factsOf = ({ securityGroups, securityGroupRules, vpcAssociations, prefixLists }: FactSlices): CompiledFacts =>
  compileFacts({ groups: securityGroups, rules: securityGroupRules, associations: vpcAssociations, prefixLists });
