import { statusAvailable } from '../../proof/ownership.ts';
import { guardFromPoint } from './from-point.ts';

/** EC2 deletes a branch interface in use without complaint, so this is ours to ask. */
export default guardFromPoint('status-available', 'EC2 lists it as available, with nothing attached.', ({ eni }) =>
  eni.attachment === undefined
    ? statusAvailable(eni)
    : {
        point: 'status-available',
        outcome: 'fails',
        says: `attached to ${eni.attachment.instanceId ?? 'something'} (${eni.attachment.status})`,
      },
);
