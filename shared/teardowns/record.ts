import { defineKind } from '../ledger/kind.ts';
import { type Certificate, type DeletedCluster, TEARDOWN_STATE, type TeardownState } from './teardown.ts';

// A year, with some days to spare: a teardown is looked up in audits of the year.
const CLOSED_DAYS = 400;
const LONGEST_LIST = 1_000;

/** The follow-up of one deletion: a later cluster of the same name is another one. */
export const TEARDOWN = defineKind<TeardownState, 'teardown'>({
  name: 'teardown',
  schema: TEARDOWN_STATE,
  id: ({ teardown }) => idOf(teardown.cluster),
  keepDays: ({ teardown, pending }) => (pending.length > 0 || teardown.status !== 'closed' ? undefined : CLOSED_DAYS),
  announce: ({ teardown }, { recipients: _, ...notice }) => {
    const { at } = notice.kind === 'warning' ? notice.warning : notice.certificate;
    return { ...notice, id: `${teardownKey(teardown.cluster)}#${notice.kind}#${at}`, at };
  },
  abridge: ({ teardown, pending }) => ({
    teardown: teardown.certificate ? { ...teardown, certificate: abridged(teardown.certificate) } : teardown,
    pending: pending.map((notice) => (notice.kind === 'certificate' ? { ...notice, certificate: abridged(notice.certificate) } : notice)),
  }),
});

const idOf = ({ name, createdAt }: Pick<DeletedCluster, 'name' | 'createdAt'>): string => `${name}/${createdAt ?? 'unknown'}`;

/** The key of a cluster's teardown. */
export const teardownKey = (cluster: Pick<DeletedCluster, 'name' | 'createdAt'>): string => TEARDOWN.key(idOf(cluster));

function abridged(certificate: Certificate): Certificate {
  const { leftovers, says } = certificate;
  if (leftovers.length <= LONGEST_LIST) return certificate;
  const note = `the ledger keeps the first ${LONGEST_LIST} of ${leftovers.length}; an audit lists them all`;
  return { ...certificate, leftovers: leftovers.slice(0, LONGEST_LIST), says: `${says} (${note})` };
}
