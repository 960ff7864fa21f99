import { describe, expect, it } from '@jest/globals';
import { parseDecision } from '../../cli/decision-arguments.ts';

const parse = (line: string) => parseDecision('approve', line.split(' ').filter(Boolean));
const ID = '0123456789abcdef';

describe('the arguments of approve and reject', () => {
  it.each([
    `${ID} --ledger dynamodb:warden --region eu-west-1 --format json`,
    `--ledger dynamodb:warden ${ID} --region eu-west-1 --format json`,
    `--ledger=dynamodb:warden --region=eu-west-1 --format=json -- ${ID}`,
  ])('may come in any order: %s', (line) => {
    expect(parse(line)).toEqual({
      value: { plan: ID, ledger: 'dynamodb:warden', regions: ['eu-west-1'], format: 'json' },
      problems: [],
    });
  });

  it.each([`${ID}-2`, `${ID}-999999`])('name a round: %s', (id) => {
    expect(parse(`${id} --ledger dynamodb:warden@eu-west-1`)).toMatchObject({ value: { plan: id }, problems: [] });
  });

  it.each([
    ['--ledger dynamodb:warden', [expect.stringMatching(/^approve needs the plan: approve PLAN\./)]],
    [
      '',
      [expect.stringMatching(/^approve needs the plan/), expect.stringMatching(/^approve needs the ledger that the plan waits in: --led/)],
    ],
    [`${ID} --ledger`, [expect.stringMatching(/^--ledger needs a value/)]],
    [`${ID}`, [expect.stringMatching(/^approve needs the ledger/)]],
    [`${ID} ${ID} --ledger w.json`, [`unexpected argument ${ID}. One PLAN at a time.`]],
    [`plan/${ID} --ledger w.json`, [expect.stringMatching(/^plan\/0123456789abcdef: no plan can have this id, such as 0123456789abcdef/)]],
    [`${ID}-0 --ledger w.json`, [expect.stringMatching(/no plan can have this id/)]],
    [`${ID.toUpperCase()} --ledger w.json`, [expect.stringMatching(/no plan can have this id/)]],
    [`${ID} --ledger dynamodb:a`, [expect.stringMatching(/no DynamoDB table can have this name/)]],
    [`${ID} --ledger dynamodb:warden@moon`, [expect.stringMatching(/moon is not the name of an AWS region/)]],
    [`${ID} --ledger w.json --region a --region b`, ['--region was given 2 times. Give it once.']],
    [`${ID} --ledger w.json --aply`, [expect.stringMatching(/^unknown option --aply/)]],
  ])('%s is refused with what to do', (line, problems) => {
    expect(parse(line).problems).toEqual(problems);
  });

  it('take an empty plan for a mistake', () => {
    expect(parseDecision('reject', ['', '--ledger', 'w.json']).problems).toHaveLength(1);
  });
});
