import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Answered } from '../../../shared/plans/report/answer.ts';
import { ALICE, decision, EXPIRES, PLAN_ID, proposed } from '../../support/plans.ts';
import { answerTable, planToAnswer } from '../../support/report-texts.ts';
import { eniId, TARGET } from '../../support/reports.ts';

const view = { columns: 100, colour: false };
const golden = (name: string) => readFileSync(new URL(`./goldens/answer-${name}.txt`, import.meta.url), 'utf8');
const again = {
  audit: 'sgp-warden audit --region eu-west-1 --ledger dynamodb:warden',
  history: 'sgp-warden history --ledger dynamodb:warden --region eu-west-1',
  reject: `sgp-warden reject ${PLAN_ID} --region eu-west-1 --ledger dynamodb:warden`,
};
const rejected = decision({ verdict: 'reject' });

describe('the plan that somebody is asked about', () => {
  it('reads as goldens/answer-plan.txt', () => {
    expect(planToAnswer(proposed(), TARGET, view)).toBe(golden('plan'));
  });

  it('names every interface, however many', () => {
    const text = planToAnswer(proposed({ n: 150 }), TARGET, view);
    for (let n = 1; n <= 150; n += 1) expect(text).toContain(`  ${eniId(n)}  `);
  });

  it.each([
    ['done', 'deleted 6', 'done: deleted 6'],
    ['rejected', 'rejected by alice', 'rejected by alice'],
    ['superseded', 'the world changed', 'superseded: the world changed'],
  ] as const)('that is %s says so', (status, says, told) => {
    expect(planToAnswer(proposed({ status, says }), TARGET, view).split('\n')[1]).toBe(`Account 111122223333, eu-west-1; ${told}`);
  });
});

describe('the answer', () => {
  it.each<[string, Answered]>([
    [
      'approved',
      { verdict: 'approve', accepted: true, plan: proposed({ status: 'approved', decision: decision() }), says: `approved by ${ALICE}` },
    ],
    [
      'rejected',
      { verdict: 'reject', accepted: true, plan: proposed({ status: 'rejected', decision: rejected }), says: `rejected by ${ALICE}` },
    ],
    [
      'refused',
      {
        verdict: 'approve',
        accepted: false,
        plan: proposed({ status: 'expired' }),
        says: `plan ${PLAN_ID} expired: nobody approved it until ${EXPIRES}`,
      },
    ],
    ['unknown', { verdict: 'approve', accepted: false, plan: undefined, says: `there is no plan ${PLAN_ID}` }],
  ])('reads as goldens/answer-%s.txt', (name, answered) => {
    expect(answerTable(answered, 'dynamodb:warden', again, view)).toBe(golden(name));
  });
});
