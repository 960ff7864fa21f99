import type { Acceptance } from '../domain/acceptance.ts';
import type { Inventory, Sighting } from '../domain/inventory.ts';
import type { AuditReport } from './audit-report.ts';

/** An audit with what it read: a cleanup plans with the same copies that the proof was made of. */
export interface AuditWithReads {
  report: AuditReport;
  inventory: Inventory;
  sightings: ReadonlyMap<string, Sighting>;
  /** What somebody answers for now, by finding id. */
  acceptances: ReadonlyMap<string, Acceptance>;
}
