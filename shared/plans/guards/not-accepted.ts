import { describeAccepted } from '../../domain/acceptance.ts';
import type { Guard } from '../deletion.ts';

/** Who accepted that it stays did not say that it may be deleted. */
const guard: Guard = {
  id: 'not-accepted',
  says: 'Nobody answers for its staying: its finding is not accepted, or no longer.',
  judge: ({ accepted }) => (accepted ? { allows: false, reason: `its finding is ${describeAccepted(accepted)}` } : { allows: true }),
};
export default guard;
