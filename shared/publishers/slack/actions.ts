import type { ActionsBlock, ActionsBlockElement, ConfirmationDialog } from '@slack/types';
import { cut } from '../../content/text.ts';
import { count } from '../../content/words.ts';
import { buttonValue, type ClickAction, SNOOZE_DAYS } from '../../model/slack.ts';
import type { Parcel } from '../parcels.ts';
import { addressesOf, clusterName } from '../plan-facts.ts';
import { plain } from './blocks.ts';
import type { Offer } from './message.ts';

const NAME_BYTES = 100;

/** The buttons of an offer. A plan that is not told of cannot be answered: whoever clicks could not know what they say yes to. */
export function actions(parcel: Parcel, { value, actions }: Offer): ActionsBlock[] {
  const elements = [...new Set(actions)].flatMap((action) => elementOf(parcel, action, value));
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

function elementOf(parcel: Parcel, action: ClickAction, of: Offer['value']): ActionsBlockElement[] {
  const button = (text: string) => ({ type: 'button', action_id: action, text: plain(text, 75), value: buttonValue(of) }) as const;
  const confirm = confirmation(parcel);
  switch (action) {
    case 'approve':
      return confirm ? [{ ...button('Approve'), style: 'primary', confirm }] : [];
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

/** What is asked once more before a plan is approved: how many of which cluster. */
function confirmation([only, ...more]: Parcel): ConfirmationDialog | undefined {
  if (only?.kind !== 'plan' || more.length > 0) return undefined;
  const { cluster, plan } = only.plan;
  const n = plan.deletions.length;
  const held = `${count(addressesOf(plan.deletions), 'address')}, ${only.target.region}`;
  return {
    title: plain(`Delete ${count(n, 'interface')}?`, 100),
    text: plain(
      `${count(n, 'orphan')} of ${cut(clusterName(cluster), NAME_BYTES)} (${held}). Each is proven once more within seconds of its deletion; one that is not proven stays.`,
      300,
    ),
    confirm: plain('Approve', 30),
    deny: plain('Not now', 30),
  };
}
