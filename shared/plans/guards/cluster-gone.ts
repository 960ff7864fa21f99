import { clusterGone } from '../../proof/cluster.ts';
import { guardFromPoint } from './from-point.ts';

export default guardFromPoint('cluster-gone', 'Every cluster that its tags name is gone.', ({ eni, clusters }) =>
  clusterGone(eni, clusters),
);
