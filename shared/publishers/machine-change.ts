// The machine-readable form of what a change did: its shape is a contract like that of every message.
import type { Announcement } from '../model/announcement.ts';
import type { ToldChange } from '../model/change.ts';
import { changeHeadline } from './change-story.ts';
import { labelsOf } from './labels.ts';

/** What a notice of a change tells programs; without `details` who, which call and how much. */
export function changeFields(told: Extract<Announcement, { kind: 'change' }>, details: boolean): Record<string, unknown> {
  const { changes, moreChanges, lost, regained, at } = told.notice;
  return {
    transition: labelsOf(told).transition,
    at,
    summary: changeHeadline(told),
    changes: changes.map((change) => changeJson(change, details)),
    moreChanges,
    lostCount: lost.length,
    regainedCount: regained.length,
    lost: details ? lost : [],
    regained: details ? regained : [],
  };
}

function changeJson({ change, says, undo }: ToldChange, details: boolean) {
  const { id, at, call, actor, groupIds, interfaceIds, what } = change;
  return { eventId: id, at, call, ...actor, groupIds, interfaceIds, says, undo, ...(details ? { what } : {}) };
}
