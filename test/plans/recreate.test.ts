import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recreate } from '../../shared/plans/recreate.ts';
import { rawInterface } from '../support/cleanup-reports.ts';

const REGION = 'eu-west-1';

function made(parts: Readonly<Record<string, unknown>> = {}) {
  const recreation = recreate(rawInterface(1, parts), REGION);
  if (!recreation.ok) throw new Error(recreation.problem);
  return recreation;
}

/** The words that a real shell hands to the `aws` program. */
function wordsOf(command: string): string[] {
  const printed = execFileSync('sh', ['-c', `aws() { printf '%s\\0' "$@"; }; ${command}`], { encoding: 'utf8' });
  return printed.split('\0').slice(0, -1);
}

/** The values that follow an option, up to the next one. */
function valuesOf(words: readonly string[], option: string): string[] {
  const at = words.indexOf(option);
  const rest = words.slice(at + 1);
  const end = rest.findIndex((word) => word.startsWith('--'));
  return at < 0 ? [] : rest.slice(0, end < 0 ? rest.length : end);
}

const tag = (Key: string, Value: string) => ({ Key, Value });
const tagsIn = (words: readonly string[]): unknown => JSON.parse(valuesOf(words, '--tag-specifications')[0] ?? 'null')?.[0]?.Tags ?? [];

describe('the command that creates an interface again', () => {
  it('has its subnet, address, groups, description and tags', () => {
    const words = wordsOf(made().command);
    expect(words.slice(0, 2)).toEqual(['ec2', 'create-network-interface']);
    expect(valuesOf(words, '--region')).toEqual([REGION]);
    expect(valuesOf(words, '--subnet-id')).toEqual(['subnet-0aaaaaaaaaaaaaaa1']);
    expect(valuesOf(words, '--private-ip-address')).toEqual(['10.0.1.1']);
    expect(valuesOf(words, '--groups')).toEqual(['sg-0bbbbbbbbbbbbbbb1']);
    expect(valuesOf(words, '--description')).toEqual(['aws-k8s-branch-eni']);
    expect(tagsIn(words)).toEqual(rawInterface(1).TagSet);
  });

  it('has every address and prefix, and says which one is the primary', () => {
    const { command, notes } = made({
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.1.9' }, { PrivateIpAddress: '10.0.1.1', Primary: true }],
      Ipv6Addresses: [{ Ipv6Address: '2001:db8::1', IsPrimaryIpv6: true }],
      Ipv4Prefixes: [{ Ipv4Prefix: '10.0.1.16/28' }],
      Ipv6Prefixes: [{ Ipv6Prefix: '2001:db8:0:1::/80' }],
      Groups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }],
    });
    const words = wordsOf(command);
    expect(valuesOf(words, '--private-ip-addresses')).toEqual([
      'PrivateIpAddress=10.0.1.1,Primary=true',
      'PrivateIpAddress=10.0.1.9,Primary=false',
    ]);
    expect(words).not.toContain('--private-ip-address');
    expect(valuesOf(words, '--ipv6-addresses')).toEqual(['Ipv6Address=2001:db8::1']);
    expect(words).toContain('--enable-primary-ipv6');
    expect(valuesOf(words, '--ipv4-prefixes')).toEqual(['Ipv4Prefix=10.0.1.16/28']);
    expect(valuesOf(words, '--ipv6-prefixes')).toEqual(['Ipv6Prefix=2001:db8:0:1::/80']);
    expect(valuesOf(words, '--groups')).toEqual(['sg-1', 'sg-2']);
    expect(notes.join()).toContain('leave the prefixes out');
  });

  it('leaves out what the record does not have', () => {
    const { command, notes } = made({ PrivateIpAddress: undefined, PrivateIpAddresses: [], Groups: [], Description: '', TagSet: [] });
    expect(command).toBe('aws ec2 create-network-interface --region eu-west-1 --subnet-id subnet-0aaaaaaaaaaaaaaa1');
    expect(notes.join()).toContain('default group');
    expect(notes.join()).not.toContain('InUse');
  });

  it.each(['file:///etc/hosts', 'https://example.com', '--dry-run', "it's", 'a\u001b[2Jb', '$(id)'])(
    'hands on the description %j without AWS reading more into it',
    (Description) => {
      const words = wordsOf(made({ Description }).command);
      expect(words).not.toContain('--description');
      expect(JSON.parse(valuesOf(words, '--cli-input-json')[0] ?? '')).toEqual({ Description });
    },
  );

  it('is the same to a shell whatever the tags hold, and cannot steer a terminal', () => {
    const nasty = fc.constantFrom(
      "'",
      '"',
      '\\',
      '\\\\',
      '`id`',
      '$(id)',
      '\n',
      '\0',
      '\u001b[2J',
      '\u202e',
      '\ud800',
      '!',
      '--',
      ',',
      '=',
      '*',
    );
    const text = fc.array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 5 }).map((parts) => parts.join(''));
    const tags = fc.array(fc.record({ Key: text.map((key) => `k${key}`), Value: text }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(tags, (TagSet) => {
        const { command } = made({ TagSet });
        expect(command).toMatch(/^[ -~]+$/);
        expect(tagsIn(wordsOf(command))).toEqual(TagSet);
      }),
    );
  });

  it.each([
    ['SubnetId', 'subnet-1 --dry-run'],
    ['SubnetId', '--dry-run'],
    ['SubnetId', 'file://x'],
    ['PrivateIpAddress', '10.0.0.1,Primary=true'],
    ['Groups', [{ GroupId: "sg-1'; id #" }]],
    ['Ipv6Addresses', [{ Ipv6Address: '\u001b[2J' }]],
  ])('is refused for a record whose %s is %j', (name, value) => {
    expect(recreate(rawInterface(1, { [name]: value }), REGION)).toEqual({
      ok: false,
      problem: expect.stringMatching(/^the record holds [ -~]+ where EC2 has an id or an address$/),
    });
  });

  it('is refused for a record that names no subnet, or is none', () => {
    expect(recreate(rawInterface(1, { SubnetId: undefined }), REGION)).toEqual({ ok: false, problem: 'the record names no subnet' });
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.anything()), (raw) => recreate(raw, REGION).ok === false));
  });
});

describe('what cannot come back', () => {
  it('is always the id, the MAC address, the trunk association and the attachment', () => {
    const { lost } = made({ Attachment: { InstanceId: 'i-1', AttachTime: '2026-11-20T18:00:00Z' } });
    expect(lost).toEqual([
      'its id eni-00000000000000001: EC2 gives a new one',
      'its MAC address 02:00:00:00:00:01: EC2 gives a new one',
      "its association with trunk eni-00000000000000f00, VLAN 7: only a cluster's controller makes one",
      'its attachment to i-1 and the time of it',
    ]);
  });

  it('includes tags that only AWS may set, in any mixture of letters', () => {
    const { command, lost } = made({ TagSet: [tag('aws:a', '1'), tag('AWS:b', '2'), tag('awsome', '3')] });
    expect(tagsIn(wordsOf(command))).toEqual([tag('awsome', '3')]);
    expect(lost.slice(4)).toEqual([
      'its tag aws:a: only AWS sets tags that begin with aws:',
      'its tag AWS:b: only AWS sets tags that begin with aws:',
    ]);
  });

  it('includes a public address and a check that was off', () => {
    const { lost } = made({ Association: { PublicIp: '198.51.100.7' }, SourceDestCheck: false });
    expect(lost.slice(4).join()).toMatch(/public address 198\.51\.100\.7.*source\/destination check was off/);
  });
});
