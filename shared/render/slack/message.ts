import type { KnownBlock } from '@slack/types';
import type { Confirmation } from '../../content/announce.ts';
import type { ClickAction, Pressed } from '../../domain/slack.ts';

/** A message as Slack takes it. */
export interface SlackText {
  /** What notifications show, and whoever reads without blocks. */
  text: string;
  blocks: KnownBlock[];
}

/** What a message offers: each button carries `value`; a choice to snooze adds its days. */
export interface Offer {
  value: Omit<Pressed, 'days'>;
  actions: readonly ClickAction[];
  /** What is asked once more before a plan is approved; without it the message offers no approval. */
  confirm?: Confirmation;
}
