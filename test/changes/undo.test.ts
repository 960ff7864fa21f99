import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Change, ChangedRule } from '../../shared/changes/change.ts';
import { undoOf } from '../../shared/changes/undo.ts';
import { CHANGED_AT, change, changedRule, GROUP, NODES } from '../support/changes.ts';
import { runs } from '../support/runs.ts';

const REGION = 'eu-west-1';
const undo = (of: Change, earlier: readonly Change[] = []) => undoOf(of, REGION, earlier);
const earlierCall = (parts: Partial<Change>): Change => change({ id: 'earlier', at: '2026-11-20T17:00:00.000Z', ...parts });

/** The words of a command as a shell takes them, without running it. */
const words = (command: string): string[] =>
  execFileSync('sh', ['-c', `for word in ${command}; do printf '%s\\0' "$word"; done`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
/** What an option of a command is given. */
const option = (command: string, name: string): unknown => {
  const all = words(command);
  return JSON.parse(all[all.indexOf(name) + 1] ?? 'null');
};

describe('what was revoked', () => {
  const revoked = (isEgress: boolean, ...rules: ChangedRule[]) => change({ what: { kind: 'rules-revoked', isEgress, rules } });

  it.each<[string, ChangedRule, object]>([
    ['a network', changedRule(), { IpProtocol: 'udp', FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    [
      'a network of IPv6, with its description',
      changedRule({ peer: { kind: 'cidr-ipv6', cidr: '::/0' }, description: "Anna's; $(rm -rf ~) `x`" }),
      { IpProtocol: 'udp', FromPort: 53, ToPort: 53, Ipv6Ranges: [{ CidrIpv6: '::/0', Description: "Anna's; $(rm -rf ~) `x`" }] },
    ],
    [
      'a prefix list',
      changedRule({ peer: { kind: 'prefix-list', id: 'pl-1' } }),
      { IpProtocol: 'udp', FromPort: 53, ToPort: 53, PrefixListIds: [{ PrefixListId: 'pl-1' }] },
    ],
    [
      'a group of another account',
      changedRule({ peer: { kind: 'group', groupId: NODES, userId: '210987654321' } }),
      { IpProtocol: 'udp', FromPort: 53, ToPort: 53, UserIdGroupPairs: [{ GroupId: NODES, UserId: '210987654321' }] },
    ],
    [
      'every protocol, which has no ports',
      changedRule({ ipProtocol: '-1', fromPort: -1, toPort: -1 }),
      { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ],
    [
      'every type of ICMP',
      changedRule({ ipProtocol: 'icmp', fromPort: -1, toPort: -1 }),
      { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ],
  ])('is authorized again: %s', (_, rule, permission) => {
    const { commands } = undo(revoked(true, rule));
    expect(commands.map((command) => words(command).slice(0, 7))).toEqual([
      ['aws', 'ec2', 'authorize-security-group-egress', '--region', REGION, '--group-id', GROUP],
    ]);
    expect(option(commands[0] ?? '', '--ip-permissions')).toEqual([permission]);
  });

  it('in its own direction', () => {
    expect(undo(revoked(false, changedRule({ isEgress: false }))).commands[0]).toContain('authorize-security-group-ingress');
  });

  it('of which the record does not tell the rules is not guessed', () => {
    expect(undo(revoked(true))).toEqual({ summary: expect.stringContaining('does not say which rules'), commands: [] });
  });

  it('of which the record does not tell the group promises no command', () => {
    expect(undo(revoked(true, changedRule({ groupId: '' })))).toEqual({ summary: expect.stringContaining('look it up'), commands: [] });
  });

  it('is said by commands that are short enough to be shown, and that hold every rule once, whatever they hold', () => {
    const rule = fc.record({
      ipProtocol: fc.constantFrom('tcp', 'udp'),
      fromPort: fc.integer({ min: 0, max: 65_535 }),
      description: fc.option(fc.string({ unit: fc.constantFrom('a', "'", '"', '$', '`', '\\', ' ', '!', 'é'), maxLength: 200 })),
    });
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 60 }), (parts) => {
        const rules = parts.map((each) => changedRule({ ...each, toPort: each.fromPort }));
        const { commands } = undo(revoked(true, ...rules));
        for (const command of commands) expect(command.length).toBeLessThan(1_500);
        const entries = commands.flatMap(
          (command) => option(command, '--ip-permissions') as { FromPort: number; IpRanges: { Description?: string }[] }[],
        );
        expect(entries.map(({ FromPort, IpRanges }) => [FromPort, IpRanges[0]?.Description ?? null])).toEqual(
          rules.map(({ fromPort, description }) => [fromPort, description]),
        );
      }),
      { numRuns: runs(20) },
    );
  });
});

describe('what was authorized', () => {
  it('is revoked by the ids of its rules, and by what it says where the record has none', () => {
    const rules = [changedRule(), changedRule({ id: 'sgr-2' }), changedRule({ id: null, fromPort: 54, toPort: 54 })];
    const { commands } = undo(change({ what: { kind: 'rules-authorized', isEgress: true, rules } }));
    expect(commands.map(words)).toEqual([
      [
        'aws',
        'ec2',
        'revoke-security-group-egress',
        '--region',
        REGION,
        '--group-id',
        GROUP,
        '--security-group-rule-ids',
        'sgr-0aaaaaaaaaaaaaaa1',
        'sgr-2',
      ],
      [
        'aws',
        'ec2',
        'revoke-security-group-egress',
        '--region',
        REGION,
        '--group-id',
        GROUP,
        '--ip-permissions',
        '[{"IpProtocol":"udp","FromPort":54,"ToPort":54,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]',
      ],
    ]);
  });
});

describe('what was modified', () => {
  const modified = change({
    what: { kind: 'rules-modified', rules: [changedRule({ fromPort: 5353, toPort: 5353 }), changedRule({ id: 'sgr-2' })] },
  });

  it('is said not to be known, where the ledger knows nothing earlier', () => {
    expect(undo(modified)).toEqual({
      summary: expect.stringContaining('What sgr-0aaaaaaaaaaaaaaa1, sgr-2 said before is not known'),
      commands: [],
    });
  });

  it('gets back what the newest earlier call made of it, and the rest is said not to be known', () => {
    const made = earlierCall({ what: { kind: 'rules-authorized', isEgress: true, rules: [changedRule()] } });
    const older = earlierCall({
      id: 'older',
      at: '2026-11-20T16:00:00.000Z',
      what: { kind: 'rules-modified', rules: [changedRule({ fromPort: 1, toPort: 1 })] },
    });
    const later = earlierCall({
      id: 'later',
      at: '2026-11-20T19:00:00.000Z',
      what: { kind: 'rules-modified', rules: [changedRule({ fromPort: 9, toPort: 9 })] },
    });
    const { summary, commands } = undo(modified, [older, later, made, modified]);
    expect(summary).toMatch(/^Give back what is known\. What sgr-2 said before is not known/);
    expect(option(commands[0] ?? '', '--security-group-rules')).toEqual([
      {
        SecurityGroupRuleId: 'sgr-0aaaaaaaaaaaaaaa1',
        SecurityGroupRule: { IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIpv4: '0.0.0.0/0' },
      },
    ]);
  });
});

describe('what is not a rule', () => {
  const eni = 'eni-0aaaaaaaaaaaaaaa1';
  const regrouped = (groupIds: string[], parts: Partial<Change> = {}) =>
    change({ groupIds: [], interfaceIds: [eni], what: { kind: 'interface-groups', groupIds }, ...parts });
  const configured = (configurationValues: string | null, parts: Partial<Change> = {}) =>
    change({ groupIds: [], cluster: 'shop', what: { kind: 'addon', addon: 'vpc-cni', configurationValues }, ...parts });
  const earlier = { id: 'earlier', at: '2026-11-20T17:00:00.000Z' };

  it.each<[string, Change, readonly Change[], string[]]>([
    [
      'an association',
      change({ what: { kind: 'vpc-associated', vpcId: 'vpc-1' } }),
      [],
      [`aws ec2 disassociate-security-group-vpc --region ${REGION} --group-id ${GROUP} --vpc-id vpc-1`],
    ],
    [
      'the end of one',
      change({ what: { kind: 'vpc-disassociated', vpcId: 'vpc-1' } }),
      [],
      [`aws ec2 associate-security-group-vpc --region ${REGION} --group-id ${GROUP} --vpc-id vpc-1`],
    ],
    ['one that the record does not tell', change({ what: { kind: 'vpc-associated', vpcId: null } }), [], []],
    ['a group that is gone', change({ what: { kind: 'group-deleted' } }), [], []],
    ['the groups of an interface', regrouped([NODES]), [], []],
    [
      'the groups of an interface that the ledger knows',
      regrouped([NODES]),
      [regrouped([GROUP, NODES], earlier)],
      [`aws ec2 modify-network-interface-attribute --region ${REGION} --network-interface-id ${eni} --groups ${GROUP} ${NODES}`],
    ],
    ['an add-on', configured('{}'), [], []],
    // To update what was deleted fails, and to give back what was not taken helps nobody.
    ['an add-on whose configuration stayed, or that is gone', configured(null), [configured('{}', earlier)], []],
    [
      'an add-on that the ledger knows',
      configured('{}'),
      [configured(`{"env":{"A":"it's"}}`, earlier)],
      [
        `aws eks update-addon --region ${REGION} --cluster-name shop --addon-name vpc-cni --configuration-values '{"env":{"A":"it'\\''s"}}'`,
      ],
    ],
  ])('%s', (_, of, known, commands) => {
    const found = undo(of, known);
    expect(found.commands).toEqual(commands);
    expect(found.summary).toMatch(commands.length > 0 ? /^(?:A|D|G)/ : /not known|cannot be restored|does not say/);
    expect(of.at).toBe(CHANGED_AT);
  });
});

describe('what is not guessed', () => {
  const eni = 'eni-0aaaaaaaaaaaaaaa1';
  const earlier = (id: string, at: string, parts: Partial<Change>) => change({ id, at, ...parts });
  const port = (fromPort: number): Partial<Change> => ({
    what: { kind: 'rules-modified', rules: [changedRule({ fromPort, toPort: fromPort })] },
  });
  const regrouped = (groupId: string): Partial<Change> => ({
    groupIds: [],
    interfaceIds: [eni],
    what: { kind: 'interface-groups', groupIds: [groupId] },
  });
  const older = '2026-11-20T10:00:00.000Z';

  it.each<[string, Partial<Change>, Partial<Change>]>([
    ['a rule', port(53), port(5353)],
    ['an interface', regrouped(GROUP), regrouped(NODES)],
  ])('which of two changes of one second came first: of %s', (_, one, another) => {
    const [known, same] = [earlier('known', older, one), earlier('same', CHANGED_AT, another)];
    expect(undo(change(one), [known, same]).commands).toEqual([]);
    expect(undo(change(one), [known, earlier('known too', older, another)]).commands).toEqual([]);
    expect(undo(change(another), [known]).commands).toHaveLength(1);
  });

  it('how an add-on that was deleted is to be created: an update of it would fail', () => {
    const addon = { groupIds: [], cluster: 'shop', what: { kind: 'addon', addon: 'vpc-cni', configurationValues: null } } as const;
    const configured = earlier('known', older, { ...addon, what: { ...addon.what, configurationValues: '{}' } });
    expect(undo(change({ ...addon, call: 'DeleteAddon' }), [configured])).toEqual({
      summary: expect.stringContaining('must be created again'),
      commands: [],
    });
  });

  it.each(['rules-revoked', 'rules-authorized'] as const)('which group it was: %s', (kind) => {
    expect(undo(change({ what: { kind, isEgress: true, rules: [changedRule({ groupId: '' })] } }))).toEqual({
      summary: expect.stringContaining('does not say which rules'),
      commands: [],
    });
  });
});
