import type { Target } from '../shared/domain/finding.ts';
import { distinct, FORMAT, type Format, formatOf, LEDGER_VALUE, type Parsed } from './arguments.ts';
import { ledgerProblems } from './ledger.ts';
import { type Option, readOptions } from './options.ts';
import { isRegionName } from './region.ts';

export const ACCEPT_OPTIONS = {
  reason: { value: 'TEXT', says: 'Why it may stay as it is. Required.' },
  owner: { value: 'TEXT', says: 'Who answers for it: a person or a team. Required.' },
  until: { value: 'YYYY-MM-DD', says: 'The last day that it is accepted, a year ahead at most. Required.' },
  ledger: { value: LEDGER_VALUE, says: 'The ledger that knows the finding. Required.' },
  format: FORMAT,
} as const satisfies Record<string, Option>;

export interface AcceptArguments {
  findingId: string;
  /** Where the finding is, as its id says. */
  target: Target;
  reason: string;
  owner: string;
  /** The end of that day, in UTC. */
  until: Date;
  ledger: string;
  format: Format;
}

const MOST_CHARACTERS = { reason: 500, owner: 100 } as const;

/** Account and region of a finding, from its id. */
export function targetOf(findingId: string): Target | undefined {
  const [ruleId = '', accountId = '', region = '', ...rest] = findingId.split('/');
  const isComplete = /^[a-z][a-z-]+$/.test(ruleId) && /^\d{12}$/.test(accountId) && isRegionName(region) && rest.length >= 2;
  return isComplete ? { accountId, region } : undefined;
}

/** The end of a day that a person typed, or undefined: `2026-02-30` is no day. */
export function endOfDay(text: string): Date | undefined {
  const at = new Date(`${text}T23:59:59.999Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(at.getTime()) && at.toISOString().startsWith(text) ? at : undefined;
}

const required = (name: string, given: readonly string[], why: string): string[] =>
  given.length === 0 ? [`accept needs ${why}: --${name} ${ACCEPT_OPTIONS[name as keyof typeof ACCEPT_OPTIONS].value}.`] : [];

/** The arguments of `accept`. */
export function parseAccept(argv: readonly string[]): Parsed<AcceptArguments> {
  const { values, operands, problems } = readOptions(argv, ACCEPT_OPTIONS, ['FINDING']);
  const [findingId] = operands;
  const [reason = '', owner = '', day = '', ledger] = [...['reason', 'owner', 'until'], 'ledger'].map(
    (name) => distinct(values[name as 'reason'])[0],
  );
  const target = targetOf(findingId ?? '');
  const until = endOfDay(day);
  const tooLong = (['reason', 'owner'] as const).filter((name) => ({ reason, owner })[name].length > MOST_CHARACTERS[name]);
  return {
    value: {
      findingId: findingId ?? '',
      target: target ?? { accountId: '', region: '' },
      ...{ reason: reason.trim(), owner: owner.trim(), until: until ?? new Date(0) },
      ledger: ledger ?? '',
      format: formatOf(values.format),
    },
    problems: [
      ...problems,
      ...(findingId === undefined ? ['accept needs the finding: accept FINDING. `audit --format json` and the messages show its id.'] : []),
      ...(findingId !== undefined && !target
        ? [`${findingId}: no finding can have this id, such as dns-path-blocked/111122223333/eu-west-1/shop/sg-0123456789abcdef0.`]
        : []),
      ...required('reason', values.reason, 'the reason why it may stay'),
      ...required('owner', values.owner, 'somebody who answers for it'),
      ...required('until', values.until, 'the day until which it is accepted'),
      ...required('ledger', values.ledger, 'the ledger that knows the finding'),
      ...tooLong.map((name) => `--${name}: ${MOST_CHARACTERS[name]} characters at most.`),
      ...(day !== '' && !until ? [`--until ${day}: must be a day, such as 2027-01-31.`] : []),
      ...ledgerProblems(ledger),
    ],
  };
}
