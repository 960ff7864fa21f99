import type { Announcement } from '../../shared/model/announcement.ts';
import { leftover } from '../support/leftovers.ts';
import { eniId } from '../support/reports.ts';
import {
  certified,
  gone,
  inUseAgain,
  leak,
  leftBehind,
  many,
  orphan,
  pin,
  superseded,
  suspect,
  told,
  unread,
  warned,
} from './announcements.ts';

const refused = 'ec2:DeleteNetworkInterface failed: UnauthorizedOperation';

/** Every kind of message, by the name of the file that says how it reads. */
export const GOLDENS: Readonly<Record<string, readonly Announcement[]>> = {
  'opened-suspect': [suspect()],
  'changed-to-orphan': [orphan()],
  'resolved-gone': [gone()],
  'resolved-in-use-again': [inUseAgain()],
  'coverage-gap': [unread()],
  pinned: [pin()],
  leaked: [leak()],
  'cleanup-failed': [told('cleanup-failed', leftover(1), `${eniId(1)} could not be deleted: ${refused}`)],
  'certificate-clean': [certified()],
  'certificate-leftovers': [leftBehind()],
  'certificate-superseded': [superseded()],
  warning: [warned()],
  'warning-unread': [
    warned({
      branchesInUse: 0,
      branchesAvailable: 0,
      says: 'Cluster payments is being deleted; how many branch interfaces it leaves behind could not be read (denied).',
    }),
  ],
  digest: [...many(14, 3), unread()],
};
