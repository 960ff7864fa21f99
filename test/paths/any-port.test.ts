import { expect, it } from '@jest/globals';
import type { PortRange } from '../../shared/domain/security-group.ts';
import { type AnyPort, anyPort } from '../../shared/paths/any-port.ts';

const range = (from: number, to: number, outcome: PortRange['outcome']): PortRange => ({ from, to, outcome });

it.each<[name: string, ranges: PortRange[], expected: AnyPort]>([
  ['all open', [range(0, 65_535, 'open')], { outcome: 'open', open: '1-65535' }],
  ['all shut', [range(0, 65_535, 'blocked')], { outcome: 'blocked', open: '' }],
  ['port 0 is nobody’s', [range(0, 0, 'open'), range(1, 65_535, 'blocked')], { outcome: 'blocked', open: '' }],
  ['one port', [range(0, 79, 'blocked'), range(80, 80, 'open'), range(81, 65_535, 'blocked')], { outcome: 'mixed', open: '80' }],
  ['open to some is open at least in part', [range(0, 99, 'blocked'), range(100, 65_535, 'some')], { outcome: 'mixed', open: '100-65535' }],
  ['unknown is neither', [range(0, 99, 'blocked'), range(100, 65_535, 'unknown')], { outcome: 'mixed', open: '' }],
])('%s', (_name, ranges, expected) => {
  expect(anyPort(ranges)).toEqual(expected);
});
