import { describe, expect, it } from '@jest/globals';
import { deletionRemedy } from '../../../shared/rules/leftovers/interface-evidence.ts';
import { branchEni, branchTags, eniId } from '../../support/interfaces.ts';

describe('what to do about a proven orphan', () => {
  it('is to delete it', () => {
    expect(deletionRemedy(branchEni(), 'eu-west-1', 'Delete it.')).toEqual({
      summary: 'Delete it.',
      commands: [`aws ec2 delete-network-interface --region eu-west-1 --network-interface-id ${eniId(1)}`],
    });
  });

  it.each(['true', '', 'false', 'anna looks at it'])('is to leave it where it is tagged to be kept, whatever the tag says: %j', (value) => {
    const kept = branchEni({ tags: { ...branchTags(), 'sgp-warden:keep': value } });
    expect(deletionRemedy(kept, 'eu-west-1', 'Delete it.')).toEqual({
      summary: 'Leave it: it is tagged sgp-warden:keep. When it is not needed any more, remove the tag.',
      commands: [],
    });
  });
});
