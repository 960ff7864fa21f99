import { notManaged } from '../../proof/ownership.ts';
import { guardFromPoint } from './from-point.ts';

export default guardFromPoint('not-managed', 'No AWS service operates or requested it.', ({ eni }) => notManaged(eni));
