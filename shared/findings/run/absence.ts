import type { FindingState } from '../../domain/finding.ts';
import type { Inventory } from '../../domain/inventory.ts';
import { describeFailure, itemOf } from '../../domain/read.ts';
import type { Absence } from '../diff.ts';

/** Absent is not gone: the answer that EC2 gave for that id. */
export function absenceFrom({ absentees }: Inventory): (state: FindingState) => Absence | undefined {
  return ({ finding: { subject } }) => {
    const read = absentees?.ok ? itemOf(absentees.value, subject.id) : undefined;
    if (!read) return undefined;
    if (!read.ok) return { fate: 'unread', says: describeFailure(read.reason) };
    if (!read.value.found)
      return { fate: 'gone', says: `${subject.id} is gone`, details: 'EC2 answered InvalidNetworkInterfaceID.NotFound' };
    const { status } = read.value.interface;
    if (status !== 'available') return { fate: 'in-use-again', says: `${subject.id} is in use again (${status})` };
    return { fate: 'still-there', says: `${subject.id} is still there (${status}), but its description no longer lists it` };
  };
}
