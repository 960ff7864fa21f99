import { describe, expect, it } from '@jest/globals';
import { parseAudit, parsePreflight, parseRules } from '../../cli/arguments.ts';

const RULES = ['orphaned-branch-eni', 'leaked-branch-eni', 'coverage-gap'];
const audit = (line: string) => parseAudit(line.split(' ').filter(Boolean), RULES);

describe('the arguments of audit', () => {
  it('are all optional', () => {
    expect(audit('')).toEqual({
      value: { regions: [], clusters: [], rules: [], format: 'table', output: undefined, ledger: undefined, failOn: 'high' },
      problems: [],
    });
  });

  it('can repeat region, cluster and rule, and count a repeated value once', () => {
    const { value, problems } = audit(
      '--region eu-west-1 --region us-east-1 --region eu-west-1 --cluster a --cluster=b --rule coverage-gap --rule leaked-branch-eni --rule coverage-gap',
    );
    expect(problems).toEqual([]);
    expect(value).toMatchObject({
      regions: ['eu-west-1', 'us-east-1'],
      clusters: ['a', 'b'],
      rules: ['coverage-gap', 'leaked-branch-eni'],
    });
  });

  it('set format, output, ledger and the severity that fails', () => {
    const { value, problems } = audit('--format json --output out.json --ledger=warden.json --fail-on low');
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ format: 'json', output: 'out.json', ledger: 'warden.json', failOn: 'low' });
  });

  it('may name a table for a ledger, which no file is', () => {
    const { value, problems } = audit('--ledger dynamodb:warden.ledger_1 --output dynamodb:warden.ledger_1');
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ ledger: 'dynamodb:warden.ledger_1' });
  });

  it.each([
    ['--formt json', ['unknown option --formt. Did you mean --format?']],
    ['-r eu-west-1', [expect.stringMatching(/^unknown option -r\. Known: --region, --cluster/)]],
    ['--verbose', [expect.stringMatching(/^unknown option --verbose\. Known: /)]],
    ['--__proto__ x', [expect.stringMatching(/^unknown option --__proto__\. Known: /)]],
    ['eu-west-1', [expect.stringMatching(/^unexpected argument eu-west-1\. .*--region A --region B/)]],
    ['--region eu-west-1 us-east-1', [expect.stringMatching(/^unexpected argument us-east-1/)]],
    ['--format yaml', ['--format yaml: must be table, json or markdown.']],
    ['--format jsn', ['--format jsn: must be table, json or markdown. Did you mean json?']],
    ['--fail-on hgh', ['--fail-on hgh: must be low, medium, high or critical. Did you mean high?']],
    ['--format table --format json', ['--format was given 2 times. Give it once.']],
    ['--ledger a --ledger b --ledger c', ['--ledger was given 3 times. Give it once.']],
    ['--format', [expect.stringMatching(/^--format needs a value: --format table\|json\|markdown\./)]],
    ['--output --ledger x', [expect.stringMatching(/^--output needs a value: --output FILE\./)]],
    ['--ledger=', [expect.stringMatching(/^--ledger needs a value: .*shell variable/)]],
    ['--region=', [expect.stringMatching(/^--region needs a value/)]],
    ['--cluster -x', [expect.stringMatching(/^unknown option -x/), expect.stringMatching(/^--cluster needs a value/)]],
    ['--cluster -- ', [expect.stringMatching(/^--cluster needs a value/)]],
    ['--cluster a,b', [expect.stringMatching(/^--cluster a,b: no cluster can have this name .*Repeat --cluster/)]],
    ['--cluster arn:aws:eks:eu-west-1:1:cluster/a', [expect.stringMatching(/no cluster can have this name/)]],
    ['--rule orphaned-branch-en', ['--rule orphaned-branch-en: there is no such rule. Did you mean orphaned-branch-eni?']],
    ['--rule x', [`--rule x: there is no such rule. Rules: ${RULES.join(', ')}.`]],
    ['--ledger dynamodb:', [expect.stringMatching(/^--ledger dynamodb:: no DynamoDB table can have this name\. .*dynamodb:TABLE/)]],
    ['--output x.json --ledger ./x.json', [expect.stringMatching(/^--output and --ledger are the same file/)]],
  ])('%s is refused with what to do', (line, problems) => {
    expect(audit(line).problems).toEqual(problems);
  });

  it('are all judged in one go', () => {
    const { problems } = audit('--formt json --format yaml --rule nope --cluster a,b --fail-on x --ledger dynamodb:t --output= extra');
    expect(problems.map((problem) => problem.split(/[:. ]/)[0])).toEqual([
      'unknown',
      'unexpected',
      '--format',
      '--output',
      '--fail-on',
      '--cluster',
      '--rule',
      '--ledger',
    ]);
  });

  it('take an empty value for a mistake, never for a default', () => {
    expect(parseAudit(['--ledger', ''], RULES).problems).toHaveLength(1);
    expect(parseAudit(['--cluster', '  '], RULES).problems).toHaveLength(1);
  });
});

describe('the arguments of preflight', () => {
  it('name one cluster and at most one region', () => {
    const { value, problems } = parsePreflight(['--cluster', 'payments', '--region', 'eu-west-1', '--format', 'json']);
    expect(problems).toEqual([]);
    expect(value).toEqual({ cluster: 'payments', regions: ['eu-west-1'], format: 'json' });
  });

  it.each([
    [[], ['preflight needs the cluster that is going to be deleted: --cluster NAME.']],
    [['--cluster'], [expect.stringMatching(/^--cluster needs a value/)]],
    [['--cluster', 'a', '--cluster', 'b'], ['--cluster was given 2 times. Give it once.']],
    [['--cluster', 'a', '--region', 'eu-west-1', '--region', 'us-east-1'], ['--region was given 2 times. Give it once.']],
    [['--cluster', 'a b'], [expect.stringMatching(/no cluster can have this name/)]],
    [['--cluster', 'a', '--ledger', 'x'], [expect.stringMatching(/^unknown option --ledger/)]],
  ])('%j is refused', (argv, problems) => {
    expect(parsePreflight(argv).problems).toEqual(problems);
  });
});

describe('the arguments of rules', () => {
  it('are the format alone', () => {
    expect(parseRules(['--format', 'json'])).toEqual({ value: { format: 'json' }, problems: [] });
    expect(parseRules(['--rule', 'x']).problems).toHaveLength(1);
  });
});
