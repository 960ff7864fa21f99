import { ownAccount } from '../../proof/ownership.ts';
import { guardFromPoint } from './from-point.ts';

export default guardFromPoint('own-account', 'It belongs to the audited account.', ({ eni }, { target }) =>
  ownAccount(eni, target.accountId),
);
