import { GAP_EVIDENCE } from '../../domain/evidence/parts.ts';
import type { SliceCoverage } from '../../domain/inventory.ts';
import { describeFailure, type ReadFailure } from '../../domain/read.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { defineRule } from '../define.ts';

export default defineRule({
  meta: {
    id: 'coverage-gap',
    title: 'Something could not be read',
    severity: 'high',
    why: 'What could not be read must never look clean: everything that depends on it is unknown.',
    remedy: 'Grant the missing permission, or remove what made the read fail, and audit again.',
  },
  topic: 'coverage',
  evidence: GAP_EVIDENCE,
  needs: ['coverage'],
  evaluate: ({ coverage }) => coverage.map(judge),
});

const NEXT: Partial<Record<ReadFailure['cause'], string>> = {
  unreachable: 'Check the network, the region, and AWS_ENDPOINT_URL if it is set',
  malformed: 'Check what answered: a proxy, or AWS_ENDPOINT_URL if it is set',
  throttled: 'Wait until the account is less busy',
};

function judge({ slice, failures }: SliceCoverage): Judgement {
  const subject = { type: 'slice', id: slice } as const;
  // What was not asked for because of an earlier failure is not a gap of its own: the earlier one is reported.
  const [first, ...more] = failures.filter((failure) => failure.cause !== 'not-asked');
  if (failures.length === 0) return { subject, verdict: 'pass', summary: 'read in full', evidence: {} };
  if (!first) return { subject, verdict: 'unknown', summary: failures.map(describeFailure).join('; '), evidence: {} };
  const gaps = [first, ...more];
  const denied = [...new Set(gaps.filter((failure) => failure.cause === 'denied').map((failure) => failure.action))];
  return {
    subject,
    verdict: 'fail',
    summary: `${slice} could not be read${more.length > 0 ? ` (${gaps.length} answers missing)` : ''}`,
    details: describeFailure(first),
    evidence: { action: first.action, permission: denied[0], cause: first.cause, items: gaps.map(item) },
    remedy: {
      summary:
        denied.length > 0
          ? `Allow ${denied.join(', ')}. Until then everything that needs ${slice} is unknown.`
          : `${NEXT[first.cause] ?? `Find out why ${first.action} failed`}, and audit again. Until then everything that needs ${slice} is unknown.`,
      commands: [],
    },
    meaning: [...new Set(gaps.map((failure) => `${failure.action} ${failure.cause}`))].sort().join(', '),
  };
}

const item = ({ item, code, message }: ReadFailure) => ({ item, code, message });
