import type { Target } from '../../domain/finding.ts';
import type { Inventory, SliceCoverage } from '../../domain/inventory.ts';
import type { Rule } from '../../rules/define.ts';
import type { AuditRequest } from '../request.ts';

/** What was asked for and read: what a judgement is made of. */
export interface Run {
  target: Target;
  request: AuditRequest;
  rules: readonly Rule[];
  inventory: Inventory;
  coverage: readonly SliceCoverage[];
  at: Date;
}
