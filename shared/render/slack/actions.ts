import type { ActionsBlock, ActionsBlockElement } from '@slack/types';
import { count } from '../../content/words.ts';
import { buttonValue, type ClickAction, SNOOZE_DAYS } from '../../domain/slack.ts';
import { plain } from './blocks.ts';
import type { Offer } from './message.ts';

/** The buttons of an offer. */
export function actions(offer: Offer): ActionsBlock[] {
  const elements = [...new Set(offer.actions)].flatMap((action) => elementOf(action, offer));
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

function elementOf(action: ClickAction, { value: of, confirm }: Offer): ActionsBlockElement[] {
  const button = (text: string) => ({ type: 'button', action_id: action, text: plain(text, 75), value: buttonValue(of) }) as const;
  switch (action) {
    case 'approve':
      return confirm ? [{ ...button('Approve'), style: 'primary', confirm: dialog(confirm) }] : [];
    case 'reject':
      return confirm ? [button('Reject')] : [];
    case 'evidence':
      return [button('Show evidence')];
    case 'snooze': {
      const options = SNOOZE_DAYS.map((days) => ({ text: plain(count(days, 'day'), 75), value: buttonValue({ ...of, days }) }));
      return [{ type: 'static_select', action_id: action, placeholder: plain('Snooze', 150), options }];
    }
  }
}

const dialog = ({ title, text }: NonNullable<Offer['confirm']>) => ({
  title: plain(title, 100),
  text: plain(text, 300),
  confirm: plain('Approve', 30),
  deny: plain('Not now', 30),
});
