import * as v from 'valibot';
import type { Acceptance } from '../../model/acceptance.ts';
import { SEVERITIES } from '../../model/verdict.ts';
import { TEXT, TIME } from './values.ts';

/** What a finding says of it. */
export const ACCEPTED = { by: TEXT, reason: TEXT, owner: TEXT, until: TIME, at: TIME } as const;

export const ACCEPTANCE: v.GenericSchema<Acceptance> = v.object({
  ...ACCEPTED,
  findingId: TEXT,
  severity: v.picklist(SEVERITIES),
  meaning: v.string(),
});
