// What a request at the address of clicks makes the function do, whoever sends it.
import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../../shared/domain/errors.ts';
import { memoryStore } from '../../../shared/ledger/memory.ts';
import { ANNA, BEN, formOf, NONCE, payload, RESPONSE_URL, SLACK_ANNA, SLACK_BEN, signed } from '../../support/clicks.ts';
import { PLAN_ID } from '../../support/plans.ts';
import { TARGET } from '../../support/reports.ts';
import { askedWorld, breakable, type ClickWorld, FINDING, OF_FINDING, OF_PLAN, type Press, press, SECRET, START } from './click-world.ts';

const later = (seconds: number) => new Date(START.getTime() + seconds * 1_000);
const forged = () => signed(press(), START, 'ffffffffffffffffffffffffffffffff');
const countsOf = ({ lines }: ClickWorld, metric: string) => lines.filter((line) => line[metric] === 1).length;

/** Demands that nothing happened but that it was recorded. */
async function expectNothing(world: ClickWorld, before: Awaited<ReturnType<ClickWorld['untouched']>>) {
  expect(await world.untouched()).toEqual(before);
  expect(world.queued).toEqual([]);
}

describe('a request that Slack did not sign', () => {
  it.each<[string, () => Parameters<ClickWorld['send']>[0], string]>([
    ['of anybody', () => ({ headers: {}, body: press() }), 'unsigned'],
    ['that was signed with another secret', forged, 'forged'],
    ['that was changed on its way', () => ({ ...signed(press(), START), body: press({ action: 'reject' }) }), 'forged'],
    [
      'that was read as text on its way',
      () => ({ ...signed(press(), START), body: Buffer.from(press().toString('utf16le'), 'utf8') }),
      'forged',
    ],
    ['of yesterday', () => signed(press(), later(-86_400)), 'old'],
    ['of tomorrow', () => signed(press(), later(86_400)), 'future'],
    [
      'that is no click either',
      () => ({ headers: { 'x-slack-signature': 'v0=1', 'x-slack-request-timestamp': '1' }, body: Buffer.alloc(0) }),
      'malformed',
    ],
  ])('%s is refused, and counted by day and reason', async (_name, request, reason) => {
    const world = await askedWorld();
    const before = await world.untouched();
    expect(await world.send(request())).toEqual({ statusCode: 401, body: expect.stringMatching(/^refused: /) });
    await expectNothing(world, before);
    expect(world.told).toEqual([]);
    expect(await world.decisions()).toEqual([]);
    expect(await world.clicks()).toEqual([
      expect.objectContaining({ id: `2026-11-20/${reason}`, by: '-', action: 'unknown', about: '-', accepted: false, count: 1 }),
    ]);
    // Whoever tries every address on the internet wakes nobody; whoever tries this one does.
    expect(countsOf(world, 'ForgedClicks')).toBe(['unsigned', 'malformed'].includes(reason) ? 0 : 1);
  });

  it('is one record for all of a day, however many there are', async () => {
    const world = await askedWorld();
    for (let n = 0; n < 50; n += 1) await world.send(forged());
    world.at(later(86_400));
    await world.send({ headers: {}, body: press() });
    expect((await world.clicks()).map(({ id, count }) => [id, count])).toEqual([
      ['2026-11-21/unsigned', 1],
      ['2026-11-20/forged', 50],
    ]);
    expect(countsOf(world, 'ForgedClicks')).toBe(50);
  });

  it('of many at once asks for two writes at most, and the metric counts what the ledger does not', async () => {
    let writes = 0;
    const store = memoryStore();
    const world = await askedWorld({
      store: {
        ...store,
        write: (target, changes) => {
          if (changes.some(({ key }) => key.startsWith('click/'))) writes += 1;
          return store.write(target, changes);
        },
      },
    });
    await Promise.all(Array.from({ length: 20 }, () => world.send(forged())));
    expect(writes).toBeLessThanOrEqual(40);
    expect(countsOf(world, 'ForgedClicks')).toBe(20);
  });

  it('is refused all the same when the ledger cannot count it', async () => {
    const { store, broken } = breakable();
    const world = await askedWorld({ store });
    broken.write = () => true;
    expect((await world.send(forged())).statusCode).toBe(401);
    broken.get = true;
    expect((await world.send(forged())).statusCode).toBe(401);
    expect(countsOf(world, 'ForgedClicks')).toBe(2);
  });

  it('is verified against the secret as it is now, where that was replaced', async () => {
    const fresh = 'ffffffffffffffffffffffffffffffff';
    const world = await askedWorld({ secretAgain: async () => ({ ...SECRET, signingSecret: fresh }) });
    expect(await world.send(signed(press(), START, fresh))).toEqual({ statusCode: 200, body: '' });
    expect(await world.planNow()).toMatchObject({ status: 'approved' });
    expect((await world.send(signed(press(), START, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'))).statusCode).toBe(401);
  });

  it('is refused when the secret cannot be read again', async () => {
    const world = await askedWorld({ secretAgain: () => Promise.reject(new ConfigError(['the Slack secret could not be read'])) });
    expect((await world.send(forged())).statusCode).toBe(401);
  });
});

describe('where the secret cannot be read', () => {
  it('nothing is taken and nothing is read: the request fails, and says why in the log', async () => {
    const world = await askedWorld({ secret: () => Promise.reject(new ConfigError(['the Slack secret arn:x could not be read'])) });
    const before = await world.records();
    await expect(world.click()).rejects.toThrow('the Slack secret arn:x could not be read');
    expect(await world.records()).toEqual(before);
    expect([world.queued, world.told]).toEqual([[], []]);
  });
});

describe('a click that Slack signed, on no button of ours', () => {
  const wrong: [string, Press, string][] = [
    ['of another region', { region: 'ap-south-1' }, 'this stack does not audit ap-south-1'],
    ['of a message that is not there', { message: 'f'.repeat(24) }, 'this message is no longer in the ledger'],
    ['of an earlier state', { nonce: 'B'.repeat(22) }, 'this button is of an earlier state; look at the message as it is now'],
    ['of an earlier state, to snooze', { action: 'snooze', nonce: 'B'.repeat(22) }, 'this button is of an earlier state'],
    ['of an earlier state, for evidence', { action: 'evidence', nonce: 'B'.repeat(22) }, 'this button is of an earlier state'],
    ['to approve a finding', { message: OF_FINDING }, 'there is nothing to approve about this message'],
    ['to snooze a plan', { action: 'snooze', message: OF_PLAN }, 'there is nothing to snooze about this message'],
  ];
  it.each(wrong)('%s does nothing, is told, and is recorded', async (_name, pressed, says) => {
    const world = await askedWorld();
    const before = await world.untouched();
    expect(await world.click(pressed)).toEqual({ statusCode: 200, body: '' });
    await expectNothing(world, before);
    expect(world.told).toEqual([expect.stringContaining(`Nothing was done: ${says}`)]);
    const records = [...(await world.clicks()), ...(await world.store.load({ ...TARGET, region: 'us-east-1' }))];
    expect(records).toEqual([
      expect.objectContaining({
        by: SLACK_ANNA,
        action: pressed.action ?? 'approve',
        accepted: false,
        says: expect.stringContaining(says),
        count: 1,
      }),
    ]);
    expect(await world.decisions()).toEqual([]);
  });

  it('of a message whose question is over does nothing', async () => {
    const world = await askedWorld();
    await world.message(OF_PLAN, PLAN_ID);
    await world.click();
    expect(world.told).toEqual([expect.stringContaining('this button is of an earlier state')]);
    expect(await world.planNow()).toMatchObject({ status: 'waiting' });
  });

  it('that is no click at all is told and recorded too', async () => {
    const world = await askedWorld();
    for (const body of [formOf(payload({ type: 'view_submission' })), Buffer.from('ssl_check=1')])
      expect((await world.send(signed(body, START))).statusCode).toBe(200);
    expect(world.told).toEqual([expect.stringMatching(/^Nothing was done: it is no click on a button of this app/)]);
    const clicks = await world.clicks();
    expect(clicks.map(({ by, accepted }) => [by, accepted]).sort()).toEqual([
      ['-', false],
      [SLACK_ANNA, false],
    ]);
    // Signed, so they are not among those that nobody signed.
    expect(clicks.filter(({ id }) => id.startsWith('2026'))).toEqual([]);
  });
});

describe('a click on Show evidence', () => {
  it.each([ANNA, { ...BEN, id: 'U0VISITOR' }])('is anybody’s: it is asked for, told and recorded', async (user) => {
    const world = await askedWorld({ approvers: [] });
    const before = await world.untouched();
    await world.click({ action: 'evidence', message: OF_FINDING, user });
    const [click] = await world.clicks();
    expect(click).toMatchObject({ action: 'evidence', about: FINDING.id, accepted: true });
    expect(world.queued).toEqual([{ kind: 'evidence', ...TARGET, message: OF_FINDING, by: click?.by }]);
    expect(world.told).toEqual(['The evidence follows in the thread.']);
    expect(await world.untouched()).toEqual(before);
  });

  it('is asked for once a minute, however often and by whom the button is pressed: audits wait behind it', async () => {
    const world = await askedWorld();
    const evidence = { action: 'evidence', message: OF_FINDING };
    await world.click(evidence);
    await Promise.all(Array.from({ length: 20 }, (_, n) => world.click({ ...evidence, user: n % 2 ? ANNA : BEN })));
    expect(world.queued).toHaveLength(1);
    expect(new Set(world.told.slice(1))).toEqual(new Set(['The evidence was asked for a moment ago: it follows in the thread.']));
    expect((await world.clicks()).map(({ accepted }) => accepted).sort()).toEqual([...Array(20).fill(false), true]);
    // Of another message it is another's.
    await world.click({ action: 'evidence', message: OF_PLAN });
    world.at(later(60));
    await world.click(evidence);
    expect(world.queued).toHaveLength(3);
  });

  it('that the queue does not take is told, recorded and counted', async () => {
    const world = await askedWorld({ askForAudit: () => Promise.reject(new Error('SQS took 0 of 1 messages')) });
    expect((await world.click({ action: 'evidence' })).statusCode).toBe(200);
    expect(world.told).toEqual(['The evidence could not be asked for; click again in a minute.']);
    expect(await world.clicks()).toEqual([expect.objectContaining({ accepted: false, says: 'the queue did not take it' })]);
    expect(countsOf(world, 'RunFailures')).toBe(1);
  });
});

describe('where the ledger fails', () => {
  const UNSURE = expect.stringMatching(/^Whether your click counted is not known/);
  it.each<[string, Press]>([
    ['an approval', {}],
    ['a rejection', { action: 'reject', user: BEN }],
    ['a snooze', { action: 'snooze' }],
    ['evidence', { action: 'evidence' }],
    ['a click of nobody who may', { user: { ...ANNA, id: 'U0VISITOR' } }],
    ['a click of an earlier state', { nonce: 'B'.repeat(22) }],
  ])('%s is told as unknown, and Lambda counts the failure', async (_name, pressed) => {
    for (const fails of ['get', 'write'] as const) {
      const { store, broken } = breakable();
      const world = await askedWorld({ store });
      const before = await world.records();
      if (fails === 'get') broken.get = true;
      else broken.write = () => true;
      await expect(world.click(pressed)).rejects.toThrow('it is broken');
      expect(world.told).toEqual([UNSURE]);
      expect(await world.records()).toEqual(before);
    }
  });

  it('after the decision was written, a second click does no harm', async () => {
    const { store, broken } = breakable();
    const world = await askedWorld({ store });
    broken.write = (key) => key.startsWith('decision/');
    await expect(world.click()).rejects.toThrow('it is broken');
    expect([world.told, world.queued]).toEqual([[UNSURE], []]);
    broken.write = () => false;
    await world.click();
    expect(world.told[1]).toContain(`was already approved by ${SLACK_ANNA}`);
    expect(await world.planNow()).toMatchObject({ status: 'approved', decision: { by: SLACK_ANNA } });
  });
});

describe('whoever cannot be told', () => {
  it('has clicked all the same, and the log says so without the address', async () => {
    const world = await askedWorld({ respond: () => Promise.reject(new Error("Slack answered HTTP 500 at the click's response_url")) });
    expect(await world.click()).toEqual({ statusCode: 200, body: '' });
    expect(await world.planNow()).toMatchObject({ status: 'approved' });
    const log = JSON.stringify(world.lines);
    expect(log).toContain('whoever clicked could not be told');
    for (const secret of [RESPONSE_URL, SECRET.signingSecret, SECRET.botToken, NONCE]) expect(log).not.toContain(secret);
  });

  it('and what is logged of any other click names who, what and whether, and no secret', async () => {
    const world = await askedWorld();
    await world.click({ user: BEN });
    expect(world.lines).toContainEqual(expect.objectContaining({ message: 'click', by: SLACK_BEN, action: 'approve', accepted: true }));
    for (const secret of [RESPONSE_URL, SECRET.signingSecret, SECRET.botToken, NONCE])
      expect(JSON.stringify(world.lines)).not.toContain(secret);
  });
});
