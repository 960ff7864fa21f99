import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseSlackAction } from '../../../shared/run/clicks/slack-action.ts';
import { ANNA, BEN, formOf, NONCE, payload, pressedValue, RESPONSE_URL, SLACK_ANNA, SLACK_BEN } from '../../support/clicks.ts';

const action = { type: 'button', action_id: 'approve', value: pressedValue() };
const parse = (parts: Readonly<Record<string, unknown>> = {}) => parseSlackAction(formOf(payload(parts)));
const snooze = (value: string) => parse({ actions: [{ type: 'static_select', action_id: 'snooze', selected_option: { value } }] });

describe('a click', () => {
  it('says who pressed what, and where they can be answered', () => {
    expect(parse()).toEqual({
      ok: true,
      value: {
        userId: 'U0ANNA',
        name: 'anna',
        by: SLACK_ANNA,
        action: 'approve',
        pressed: { region: 'eu-west-1', message: '0123456789abcdef01234567', nonce: NONCE },
        responseUrl: RESPONSE_URL,
      },
    });
  });

  it.each([1, 7, 30])('on the choice of %s days says so', (days) => {
    expect(snooze(pressedValue({ days }))).toMatchObject({ ok: true, value: { action: 'snooze', pressed: { days } } });
  });

  it('is by somebody whose id is who they are, whatever they call themselves', () => {
    expect(parse({ user: { ...BEN, username: undefined } })).toMatchObject({ value: { by: SLACK_BEN } });
    expect(parse({ user: { ...BEN, username: 'x/U0ANNA/anna\n<!channel>' } })).toMatchObject({
      value: { userId: 'W0BEN', by: 'slack:T0TEAM/W0BEN/xU0ANNAannachannel' },
    });
    expect(parse({ user: { id: 'U0NAMELESS', team_id: 'T0TEAM' } })).toMatchObject({ value: { by: 'slack:T0TEAM/U0NAMELESS/U0NAMELESS' } });
  });

  it('is read from a form as Slack writes it, and as browsers do', () => {
    expect(parseSlackAction(Buffer.from(new URLSearchParams({ payload: JSON.stringify(payload()) }).toString()))).toEqual(parse());
  });
});

describe('what is no click of ours', () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['another kind of interaction', { type: 'view_submission' }],
    ['no user', { user: undefined }],
    ['a user without an id', { user: { ...ANNA, id: '' } }],
    ['a user with an id that is none', { user: { ...ANNA, id: 'U0ANNA,W0BEN' } }],
    ['a user without a team', { user: { ...ANNA, team_id: undefined } }],
    ['no action', { actions: [] }],
    ['two actions', { actions: [action, action] }],
    ['an action of another app', { actions: [{ ...action, action_id: 'delete' }] }],
    ['a name that every object has for an action', { actions: [{ ...action, action_id: 'constructor' }] }],
    ['no value', { actions: [{ ...action, value: undefined }] }],
    ['a value of another app', { actions: [{ ...action, value: 'yes' }] }],
    ['a value with more in it', { actions: [{ ...action, value: `${pressedValue()}\n` }] }],
    ['days for an approval', { actions: [{ ...action, value: pressedValue({ days: 7 }) }] }],
    ['a snooze without days', { actions: [{ ...action, action_id: 'snooze' }] }],
    ['a snooze for ever', { actions: [{ ...action, action_id: 'snooze', value: pressedValue({ days: 99 }) }] }],
    ['nobody to answer', { response_url: undefined }],
  ])('is %s', (_name, parts) => {
    expect(parse(parts)).toMatchObject({ ok: false, says: expect.any(String) });
  });

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['another field', Buffer.from('payloads=%7B%7D')],
    ['two payloads', Buffer.concat([formOf(payload()), Buffer.from('&'), formOf(payload())])],
    ['a payload and another field', Buffer.concat([formOf(payload()), Buffer.from('&ssl_check=1')])],
    ['JSON without a form', Buffer.from(JSON.stringify(payload()))],
    ['half a payload', Buffer.from('payload=%7B%22type%22')],
    ['a payload that is no object', formOf(null)],
    ['a list', formOf([payload()])],
    ['bytes that are no text', Buffer.from([0x70, 0xff, 0xfe])],
  ])('is %s', (_name, body) => {
    expect(parseSlackAction(body)).toMatchObject({ ok: false, says: expect.any(String) });
  });

  it('is told to whoever clicked, where that can be read, and recorded with their name', () => {
    expect(parse({ actions: [{ ...action, value: 'yes' }] })).toEqual({
      ok: false,
      says: "the button's value is none of this app's",
      from: { by: SLACK_ANNA, action: 'approve', responseUrl: RESPONSE_URL },
    });
    expect(parse({ type: 'shortcut', user: null, actions: null, response_url: 7 })).toMatchObject({ from: { by: '-', action: 'unknown' } });
  });

  it('quotes nothing of what it is: the address of an answer is a secret', () => {
    const broken = Buffer.from(`payload=${encodeURIComponent(JSON.stringify(payload()).slice(0, -1))}`);
    for (const parsed of [parseSlackAction(broken), parse({ type: RESPONSE_URL })]) {
      expect(parsed).toMatchObject({ ok: false });
      expect(parsed.ok ? '' : parsed.says).not.toContain('hooks.slack.com');
    }
  });

  it('never throws, whatever it is', () => {
    const any = fc.oneof(
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(`payload=${encodeURIComponent(text)}`)),
      fc
        .record({ type: fc.constant('block_actions'), user: fc.anything(), actions: fc.array(fc.anything()), response_url: fc.anything() })
        .map((json) =>
          Buffer.from(
            `payload=${encodeURIComponent(JSON.stringify(json, (_, value) => (typeof value === 'bigint' ? 0 : value)).toWellFormed())}`,
          ),
        ),
    );
    fc.assert(
      fc.property(any, (body) => {
        expect(parseSlackAction(body)).toMatchObject({ ok: false });
      }),
    );
  });
});
