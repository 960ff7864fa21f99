import type { Announcement } from '../model/announcement.ts';
import type { Remedy } from '../model/verdict.ts';
import { changeStory } from './change-story.ts';
import { dailyStory } from './daily-story.ts';
import { digestStory } from './digest-story.ts';
import { findingStory } from './finding-story.ts';
import type { Parcel } from './parcels.ts';
import { planStory } from './plan-story.ts';
import { certificateStory, warningStory } from './teardown-story.ts';

/** What a person is told, in plain strings. Renderers clean, shorten and lay out: nothing here is safe to show as it is. */
export interface Story {
  /** How urgent, in a word: `HIGH`, `RESOLVED`. */
  tag: string;
  /** The name that the subject line must keep: the finding's subject. */
  about: string;
  /** What happened, in one clause. */
  headline: string;
  /** Where, as far as the headline does not say it: cluster and region. */
  where: string;
  /** A line without a label is shown as it is. */
  lines: readonly (readonly [label: string, says: string])[];
  /** What to do, in order. */
  steps: readonly Remedy[];
  footer: readonly string[];
}

/** The story of one message: of its only announcement, or the digest of many. */
export function storyOf(parcel: Parcel): Story {
  const [only, ...more] = parcel;
  return only && more.length === 0 ? storyOfOne(only) : digestStory(parcel);
}

function storyOfOne(announcement: Announcement): Story {
  switch (announcement.kind) {
    case 'transition':
      return findingStory(announcement);
    case 'certificate':
      return certificateStory(announcement);
    case 'warning':
      return warningStory(announcement);
    case 'plan':
      return planStory(announcement);
    case 'daily':
      return dailyStory(announcement);
    case 'change':
      return changeStory(announcement);
  }
}
