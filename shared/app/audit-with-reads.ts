import type { Acceptance } from '../model/acceptance.ts';
import type { Inventory, Sighting } from '../model/inventory.ts';
import type { AuditReport } from '../model/report.ts';

/** An audit with what it read: a cleanup plans with the same copies that the proof was made of. */
export interface AuditWithReads {
  report: AuditReport;
  inventory: Inventory;
  sightings: ReadonlyMap<string, Sighting>;
  /** What somebody answers for now, by finding id. */
  acceptances: ReadonlyMap<string, Acceptance>;
}
