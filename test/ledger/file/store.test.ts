import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../../shared/domain/errors.ts';
import { fileStore } from '../../../shared/ledger/file/store.ts';
import { putFinding, putSighting, recordOf, sighting, TARGET, time } from '../builders.ts';
import { storeConformance } from '../store-conformance.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  path = join(folder, 'ledger.json');
});
afterEach(() => rm(folder, { recursive: true }));

storeConformance('fileStore', async () => () => fileStore(path));

const refusal = async (of: Promise<unknown>): Promise<string> => {
  const error = await of.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return error instanceof Error ? error.message : '';
};

describe('a ledger file', () => {
  it('is JSON that a person can read, with format and version, by account and region', async () => {
    await (await fileStore(path)).write(TARGET, [putSighting(0)]);
    const text = await readFile(path, 'utf8');
    expect(JSON.parse(text)).toEqual({
      format: 'sgp-warden-ledger',
      schemaVersion: 1,
      targets: { '111122223333/eu-west-1': { records: { 'sighting/eni-1': { version: 1, body: putSighting(0).body } } } },
    });
    expect(text).toContain('\n          "version": 1,\n');
  });

  it('does not come to be by being read', async () => {
    await (await fileStore(path)).load(TARGET);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not touched by a lost race', async () => {
    const store = await fileStore(path);
    await store.write(TARGET, [putSighting(0)]);
    const before = await stat(path, { bigint: true });
    await store.write(TARGET, [putSighting(0)]);
    expect(await stat(path, { bigint: true })).toMatchObject({ ino: before.ino, mtimeNs: before.mtimeNs });
  });

  it("is its owner's alone when it is new, keeps its mode otherwise, and leaves nothing beside it", async () => {
    const store = await fileStore(path);
    await store.write(TARGET, [putSighting(0)]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await chmod(path, 0o640);
    await store.write(TARGET, [putSighting(1)]);
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect(await readdir(folder)).toEqual(['ledger.json']);
  });

  it('is found through links, which stay links and share its lock', async () => {
    await (await fileStore(path)).write(TARGET, [putSighting(0)]);
    const link = join(folder, 'link.json');
    await symlink(path, link);
    const linked = await fileStore(link);
    await mkdir(`${path}.lock`);
    expect(await refusal((await fileStore(link, { waitMs: 50 })).write(TARGET, [putSighting(1)]))).toContain(`${path}.lock`);
    await rm(`${path}.lock`, { recursive: true });
    await linked.write(TARGET, [putSighting(1)]);
    expect(await (await fileStore(path)).load(TARGET)).toEqual([recordOf(putSighting(1))]);
    expect(linked.name).toBe(link);
  });

  it('refuses to become what it could not read again', async () => {
    const store = await fileStore(path);
    await store.write(TARGET, [putSighting(0)]);
    const before = await readFile(path);
    await expect(store.write(TARGET, [{ ...putSighting(0), key: 'sighting/eni-2' }])).rejects.toThrow('must not be written');
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(folder)).toEqual(['ledger.json']);
  });

  it('keeps what it does not know of its own version', async () => {
    const record = { version: 1, body: { kind: 'sighting', state: { ...sighting(), note: 'later' } } };
    const targets = { '111122223333/eu-west-1': { records: { 'sighting/eni-1': record } } };
    await writeFile(path, JSON.stringify({ format: 'sgp-warden-ledger', schemaVersion: 1, targets }));
    await (await fileStore(path)).write(TARGET, [putFinding(0)]);
    expect(await readFile(path, 'utf8')).toContain('"note": "later"');
  });
});

const ledger = (changes: object) => JSON.stringify({ format: 'sgp-warden-ledger', schemaVersion: 1, targets: {}, ...changes });
const withRecord = (key: string, record: unknown) => ledger({ targets: { '1/r': { records: { [key]: record } } } });
const withSighting = (changes: object) =>
  withRecord('sighting/eni-1', { version: 1, body: { kind: 'sighting', state: { ...sighting(), ...changes } } });
const { state } = putFinding(0).body;
const withState = (changes: object) =>
  withRecord(`finding/${state.finding.id}`, { version: 1, body: { kind: 'finding', state: { ...state, ...changes } } });

describe('what is no ledger is a ConfigError with its path and cause, and stays byte for byte as it is', () => {
  it.each<[string, string | Buffer, string]>([
    ['an empty file', '', 'it is empty'],
    ['white space', ' \n', 'it is empty'],
    ['no JSON, without quoting it', '[default]\naws_secret = x', 'it is not JSON;'],
    ['a ledger that was cut', withSighting({}).slice(0, -20), 'it is not JSON;'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'it is not UTF-8 text'],
    ['other JSON', '{"a":1}', 'it is not a ledger'],
    ['a list', '[]', 'it is not a ledger'],
    ['null', 'null', 'it is not a ledger'],
    ['another format', ledger({ format: 'terraform' }), 'it is not a ledger'],
    ['a newer version', ledger({ schemaVersion: 2 }), 'its schemaVersion is 2, and this program knows 1'],
    ['no version', ledger({ schemaVersion: undefined }), 'its schemaVersion is undefined'],
    ['no targets', ledger({ targets: [] }), '"targets" is no object'],
    ['a target without records', ledger({ targets: { '1/r': {} } }), 'target "1/r" has no records'],
    ['a record of nothing', withRecord('sighting/eni-1', null), 'record "sighting/eni-1" of 1/r is malformed'],
    ['a record without version', withRecord('sighting/eni-1', { body: putSighting(0).body }), 'version'],
    ['a record of another kind', withRecord('invoice/1', { version: 1, body: { kind: 'invoice' } }), 'body.kind'],
    ["another record's key", withRecord('sighting/eni-2', recordOf(putSighting(0))), 'record "sighting/eni-2" of 1/r holds sighting/eni-1'],
    ['a key that hides from loops', withRecord('x', 1).replace('"x"', '"__proto__"'), 'record "__proto__" of 1/r is malformed'],
    ['a count of nothing', withSighting({ count: 0 }), 'body.state.count'],
    ['half a count', withSighting({ count: 1.5 }), 'body.state.count'],
    ['no time', withSighting({ first: 'yesterday' }), 'body.state.first'],
    ['a month that no year has', withSighting({ first: '2026-13-01T00:00:00.000Z' }), 'body.state.first'],
    ['a first sighting after the newest', withSighting({ first: time(1) }), 'first is later than newest'],
    ['a status that there is not', withState({ status: 'gone' }), 'body.state.status'],
    ['pending that is no list', withState({ pending: {} }), 'body.state.pending'],
    ['evidence that is no object', withState({ finding: { ...state.finding, evidence: [] } }), 'evidence is no object'],
  ])('%s', async (_, bytes, cause) => {
    const store = await fileStore(path);
    await writeFile(path, bytes);
    const refusals = [
      await refusal(fileStore(path)),
      await refusal(store.load(TARGET)),
      await refusal(store.write(TARGET, [putSighting(0)])),
    ];
    for (const message of refusals) {
      expect(message).toContain(path);
      expect(message).toContain(cause);
      expect(message).toContain('restore it from a copy, or name another file');
      expect(message).not.toContain('secret');
    }
    expect(await readFile(path)).toEqual(Buffer.from(bytes));
    expect(await readdir(folder)).toEqual(['ledger.json']);
  });

  it.each<[string, () => Promise<string>, string]>([
    ['a folder', async () => folder, 'it is a folder'],
    ['a device', async () => '/dev/null', 'it is not a regular file'],
    ['in a folder that is not there', async () => join(folder, 'not', 'there.json'), 'does not exist; create it or name another file'],
    ['in what is no folder', async () => writeFile(path, '{}').then(() => join(path, 'ledger.json')), 'ENOTDIR'],
    ['a link to nothing', async () => symlink(join(folder, 'nothing'), path).then(() => path), 'a link to a file that does not exist'],
  ])('%s', async (_, make, cause) => {
    const named = await make();
    const message = await refusal(fileStore(named));
    expect(message).toContain(named);
    expect(message).toContain(cause);
  });
});

describe('the lock', () => {
  const inMinutes = async (minutes: number) => {
    await mkdir(`${path}.lock`);
    const at = new Date(Date.now() + minutes * 60_000);
    await utimes(`${path}.lock`, at, at);
  };

  it('that another run keeps is waited for, then named, with the next step', async () => {
    await inMinutes(60);
    const message = await refusal((await fileStore(path, { waitMs: 200 })).write(TARGET, [putSighting(0)]));
    expect(message).toContain(`another run has held the lock ${path}.lock for 0.2 seconds`);
    expect(message).toContain('delete the lock');
    expect(await readdir(folder)).toEqual(['ledger.json.lock']);
  });

  it('that a killed run left is taken over', async () => {
    await inMinutes(-60);
    expect(await (await fileStore(path)).write(TARGET, [putSighting(0)])).toMatchObject([{ written: true }]);
    expect(await readdir(folder)).toEqual(['ledger.json']);
  });

  it('is not needed for reading', async () => {
    await inMinutes(60);
    expect(await (await fileStore(path)).load(TARGET)).toEqual([]);
  });
});
