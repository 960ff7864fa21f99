import { BRANCH_DESCRIPTION } from '../../domain/tags.ts';
import { controllerOwned } from '../../proof/ownership.ts';
import { guardFromPoint } from './from-point.ts';

/** Only branch interfaces of the VPC resource controller; trunks are never deleted by us. */
export default guardFromPoint('controller-owned', 'The VPC resource controller made it as a branch interface.', ({ eni }) =>
  eni.description === BRANCH_DESCRIPTION
    ? controllerOwned(eni)
    : { point: 'controller-owned', outcome: 'fails', says: `description is ${eni.description || 'empty'}, not ${BRANCH_DESCRIPTION}` },
);
