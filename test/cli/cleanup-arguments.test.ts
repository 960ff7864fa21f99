import { describe, expect, it } from '@jest/globals';
import { parseCleanup, parseHistory } from '../../cli/cleanup-arguments.ts';

const cleanup = (line: string) => parseCleanup(line.split(' ').filter(Boolean));
const history = (line: string) => parseHistory(line.split(' ').filter(Boolean));

describe('the arguments of cleanup', () => {
  it('are all optional, and delete nothing', () => {
    expect(cleanup('')).toEqual({
      value: { regions: [], clusters: [], ledger: undefined, max: undefined, format: 'table', wait: false, apply: false },
      problems: [],
    });
  });

  it('set all there is, switches anywhere', () => {
    const { value, problems } = cleanup(
      '--apply --region eu-west-1 --cluster a --wait --cluster b --max 7 --ledger dynamodb:warden --format json',
    );
    expect(problems).toEqual([]);
    expect(value).toEqual({
      regions: ['eu-west-1'],
      clusters: ['a', 'b'],
      ledger: 'dynamodb:warden',
      max: 7,
      format: 'json',
      wait: true,
      apply: true,
    });
  });

  it.each([
    ['--region eu-west-1 --region us-east-1', ['--region was given 2 times. Give it once.']],
    ['--apply=false', ['--apply takes no value, but was given false.']],
    ['--apply=true', ['--apply takes no value, but was given true.']],
    ['--apply=', ['--apply takes no value, but was given an empty one.']],
    ['--apply no', [expect.stringMatching(/^unexpected argument no\./)]],
    ['--no-apply', [expect.stringMatching(/^unknown option --no-apply/)]],
    ['--aply', ['unknown option --aply. Did you mean --apply?']],
    ['--wait --wait', ['--wait was given 2 times. Give it once.']],
    ['--ledger --apply', [expect.stringMatching(/^--ledger needs a value/)]],
    ['--max 0', ['--max 0: must be a whole number from 1 to 1000.']],
    ['--max 1001', ['--max 1001: must be a whole number from 1 to 1000.']],
    ['--max 1e2', ['--max 1e2: must be a whole number from 1 to 1000.']],
    ['--max=-5', ['--max -5: must be a whole number from 1 to 1000.']],
    ['--max --apply', [expect.stringMatching(/^--max needs a value/)]],
    ['--cluster a,b', [expect.stringMatching(/^--cluster a,b: no cluster can have this name/)]],
    ['--ledger dynamodb:a', [expect.stringMatching(/^--ledger dynamodb:a: no DynamoDB table can have this name/)]],
  ])('%s is refused with what to do', (line, problems) => {
    expect(cleanup(line).problems).toEqual(problems);
  });

  it.each(['1', '1000'])('take %s as a maximum', (max) => {
    expect(cleanup(`--max ${max}`)).toMatchObject({ value: { max: Number(max) }, problems: [] });
  });
});

describe('the arguments of history', () => {
  it('name a ledger, and perhaps a region and an interface', () => {
    expect(history('--ledger warden.json')).toEqual({
      value: { ledger: 'warden.json', regions: [], format: 'table', recreate: undefined },
      problems: [],
    });
    expect(history('--ledger warden.json --region eu-west-1 --format json --recreate eni-0123456789abcdef0')).toEqual({
      value: { ledger: 'warden.json', regions: ['eu-west-1'], format: 'json', recreate: 'eni-0123456789abcdef0' },
      problems: [],
    });
  });

  it.each([
    ['', ['history needs the ledger that the cleanup used: --ledger FILE or --ledger dynamodb:TABLE.']],
    ['--ledger', [expect.stringMatching(/^--ledger needs a value/)]],
    ['--ledger w --recreate vpc-1', ['--recreate vpc-1: no interface can have this id, such as eni-0123456789abcdef0.']],
    ['--ledger w --recreate', [expect.stringMatching(/^--recreate needs a value/)]],
    ['--ledger w eni-0123456789abcdef0', [expect.stringMatching(/^unexpected argument eni-/)]],
  ])('%s is refused with what to do', (line, problems) => {
    expect(history(line).problems).toEqual(problems);
  });
});
