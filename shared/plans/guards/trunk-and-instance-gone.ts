import { trunkAndInstanceGone } from '../../proof/node.ts';
import { guardFromPoint } from './from-point.ts';

export default guardFromPoint('trunk-and-instance-gone', 'Its trunk and its instance are gone.', ({ eni, trunks, instances }) =>
  trunkAndInstanceGone(eni, trunks, instances),
);
