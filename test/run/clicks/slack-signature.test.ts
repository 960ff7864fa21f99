// Anybody can send a request to the address that clicks are sent to: only what Slack signed, as it signed it and a moment ago, is read.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type SlackRequest, verifySlackRequest } from '../../../shared/run/clicks/slack-signature.ts';
import { formOf, payload, SIGNING_SECRET, signed } from '../../support/clicks.ts';

const NOW = new Date('2026-11-20T18:50:00.000Z');
const body = formOf(payload());
const request = signed(body, NOW);
const verify = (parts: Partial<SlackRequest> = {}, now = NOW) => verifySlackRequest({ ...request, ...parts }, SIGNING_SECRET, now);
const withHeaders = (headers: Record<string, string | undefined>) => verify({ headers: { ...request.headers, ...headers } });
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

const SIGNATURE = 'x-slack-signature';
const TIMESTAMP = 'x-slack-request-timestamp';

describe('a request that Slack signed', () => {
  it('is taken', () => {
    expect(verify()).toEqual({ ok: true });
  });

  it("is Slack's own example", () => {
    const example = {
      headers: {
        [TIMESTAMP]: '1531420618',
        [SIGNATURE]: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
      },
      body: Buffer.from(
        'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
      ),
    };
    expect(verifySlackRequest(example, '8f742231b10e8888abcd99yyyzzz85a5', new Date(1_531_420_618_000))).toEqual({ ok: true });
  });

  it('is verified over its bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const any = signed(Buffer.from(bytes), NOW);
        expect(verifySlackRequest(any, SIGNING_SECRET, NOW)).toEqual({ ok: true });
      }),
    );
  });

  it.each([
    [-301, 'future'],
    [-300, undefined],
    [-1, undefined],
    [0, undefined],
    [1, undefined],
    [300, undefined],
    [301, 'old'],
  ])('when it is %s seconds old is refused as %s', (seconds, reason) => {
    const verified = verify({}, later(seconds));
    expect(verified.ok ? undefined : verified.reason).toBe(reason);
  });
});

describe('a request that Slack did not sign', () => {
  const flipped = (bytes: Buffer, bit: number) => {
    const other = Buffer.from(bytes);
    other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return other;
  };
  const flippedText = (text: string, bit: number) => flipped(Buffer.from(text, 'latin1'), bit).toString('latin1');
  const bitOf = (text: string | Buffer) => fc.nat({ max: text.length * 8 - 1 });

  it('is one whose body has any other bit', () => {
    fc.assert(
      fc.property(bitOf(body), (bit) => {
        expect(verify({ body: flipped(body, bit) })).toMatchObject({ ok: false, reason: 'forged' });
      }),
    );
  });

  it('is one whose signature has any other bit', () => {
    const signature = request.headers[SIGNATURE];
    for (let bit = 0; bit < signature.length * 8; bit += 1)
      expect([bit, withHeaders({ [SIGNATURE]: flippedText(signature, bit) }).ok]).toEqual([bit, false]);
  });

  it('is one whose time has any other bit', () => {
    const timestamp = request.headers[TIMESTAMP];
    for (let bit = 0; bit < timestamp.length * 8; bit += 1)
      expect([bit, withHeaders({ [TIMESTAMP]: flippedText(timestamp, bit) }).ok]).toEqual([bit, false]);
  });

  it.each<[string, Buffer]>([
    ['with + for a space', Buffer.from(body.toString().replaceAll('%20', '+'))],
    ['read as a form and written again', Buffer.from(new URLSearchParams(body.toString()).toString())],
    ['with its JSON in another order', formOf(Object.fromEntries(Object.entries(payload()).reverse()))],
    ['without its last byte', body.subarray(0, -1)],
    ['with a line break at its end', Buffer.concat([body, Buffer.from('\n')])],
    ['without anything', Buffer.alloc(0)],
    ['of another click', formOf(payload({ response_url: 'https://example.com' }))],
  ])('is the same click %s', (_name, other) => {
    expect(other.equals(body)).toBe(false);
    expect(verify({ body: other })).toMatchObject({ ok: false, reason: 'forged' });
  });

  it('is one that was signed with another secret, with none, or as another version', () => {
    expect(verify(signed(body, NOW, SIGNING_SECRET.toUpperCase()))).toMatchObject({ reason: 'forged' });
    expect(verify(signed(body, NOW, ''))).toMatchObject({ reason: 'forged' });
    const unversioned = createHmac('sha256', SIGNING_SECRET).update(`${request.headers[TIMESTAMP]}:`).update(body).digest('hex');
    expect(withHeaders({ [SIGNATURE]: `v0=${unversioned}` })).toMatchObject({ reason: 'forged' });
  });

  it('is one that is signed for a time that is not the one it states', () => {
    expect(verify({ headers: { ...request.headers, [TIMESTAMP]: signed(body, later(1)).headers[TIMESTAMP] } })).toMatchObject({
      reason: 'forged',
    });
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ['no signature', { [SIGNATURE]: undefined }, 'unsigned'],
    ['no time', { [TIMESTAMP]: undefined }, 'unsigned'],
    ['an empty signature', { [SIGNATURE]: '' }, 'malformed'],
    ['its signature twice', { [SIGNATURE]: `${request.headers[SIGNATURE]},${request.headers[SIGNATURE]}` }, 'malformed'],
    ['its time twice', { [TIMESTAMP]: `${request.headers[TIMESTAMP]},${request.headers[TIMESTAMP]}` }, 'malformed'],
    ['a signature of another version', { [SIGNATURE]: request.headers[SIGNATURE].replace('v0', 'v1') }, 'malformed'],
    ['a signature in capitals', { [SIGNATURE]: `v0=${request.headers[SIGNATURE].slice(3).toUpperCase()}` }, 'malformed'],
    ['half a signature', { [SIGNATURE]: request.headers[SIGNATURE].slice(0, 35) }, 'malformed'],
    ['a signature with a line break', { [SIGNATURE]: `${request.headers[SIGNATURE]}\n` }, 'malformed'],
    ['a time with a sign', { [TIMESTAMP]: `+${request.headers[TIMESTAMP]}` }, 'malformed'],
    ['a time with a fraction', { [TIMESTAMP]: `${request.headers[TIMESTAMP]}.0` }, 'malformed'],
    ['a time in hexadecimal', { [TIMESTAMP]: '0x6' }, 'malformed'],
    ['a time in exponents', { [TIMESTAMP]: '1e9' }, 'malformed'],
    ['an empty time', { [TIMESTAMP]: '' }, 'malformed'],
  ])('is one with %s', (_name, headers, reason) => {
    expect(withHeaders(headers)).toMatchObject({ ok: false, reason });
  });

  it('is one with a body that no click has, whatever its signature says', () => {
    const most = Buffer.alloc(256 * 1024, 'a');
    const more = Buffer.alloc(most.length + 1, 'a');
    expect(verify(signed(most, NOW))).toEqual({ ok: true });
    expect(verify(signed(more, NOW))).toMatchObject({ ok: false, reason: 'malformed', says: expect.stringContaining('262145 bytes') });
  });

  it('is told neither what would have been right nor what it sent', () => {
    const told = [verify({ body: Buffer.from('x') }), withHeaders({ [SIGNATURE]: 'v0=<script>' })]
      .map((each) => JSON.stringify(each))
      .join();
    const { [SIGNATURE]: right } = signed(Buffer.from('x'), NOW).headers;
    expect(told).not.toContain(right.slice(3));
    expect(told).not.toContain(SIGNING_SECRET);
    expect(told).not.toContain('script');
  });
});
