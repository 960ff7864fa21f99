import type { Parcel } from '../parcels.ts';
import { storyOf } from '../story.ts';
import { fallback, header, titleOf } from './blocks.ts';
import type { SlackText } from './message.ts';
import { peopleOf } from './people.ts';
import { line, richText } from './rich-text.ts';

const CHANNEL = /^[CG][A-Z0-9]{2,20}$/;

/** What is left in the place of a message that is told in another channel. */
export function movedMessage(parcel: Parcel, channel: string): SlackText {
  const { title } = titleOf(storyOf(parcel), peopleOf(parcel));
  const told = CHANNEL.test(channel) ? ([{ type: 'channel', channel_id: channel }] as const) : line('', channel).elements;
  return {
    text: fallback(`${title} is told in another channel from now on`),
    blocks: [
      header(title),
      ...richText([{ as: 'line', elements: [{ type: 'text', text: 'Told in ' }, ...told, { type: 'text', text: ' from now on.' }] }]),
    ],
  };
}
