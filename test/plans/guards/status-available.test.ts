import { describe, expect, it } from '@jest/globals';
import guard from '../../../shared/plans/guards/status-available.ts';
import { branchEni } from '../../support/interfaces.ts';
import { orphan, said } from '../candidates.ts';

describe('status-available', () => {
  const attachment = { instanceId: 'i-0a1b2c3d4e5f60718', status: 'attached' };

  it.each([
    ['available', {}, 'allows'],
    ['in-use', { status: 'in-use' }, 'status is in-use'],
    ['associated', { status: 'associated' }, 'status is associated'],
    ['attaching', { status: 'attaching' }, 'status is attaching'],
    ['detaching', { status: 'detaching' }, 'status is detaching'],
    ['not stated', { status: '' }, 'status is not stated'],
    ['available, and yet attached', { attachment }, 'attached to i-0a1b2c3d4e5f60718 (attached)'],
    [
      'available, attached to what is not said',
      { attachment: { ...attachment, instanceId: undefined } },
      'attached to something (attached)',
    ],
  ])('%s', (_name, eni, says) => {
    expect(said(guard, orphan({ eni: branchEni(eni) }))).toBe(says);
  });
});
