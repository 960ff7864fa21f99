import { describe, expect, it } from '@jest/globals';
import { bundleOf, lambdaWith } from './bundle.ts';

describe('an invocation', () => {
  it('is served by a fresh process, and the next ones by the same', async () => {
    const { lambda } = await lambdaWith();
    const runs = [await lambda.invoke('fixture', { do: 'count' }), await lambda.invoke('fixture', { do: 'count' })];
    expect(runs).toMatchObject([
      { coldStart: true, result: 1, error: undefined },
      { coldStart: false, result: 2 },
    ]);
    await lambda.recycle();
    expect(await lambda.invoke('fixture', { do: 'count' })).toMatchObject({ coldStart: true, result: 1 });
    expect(lambda.invocations.map(({ result }) => result)).toEqual([1, 2, 1]);
  });

  it('has a process of its own while another one is busy', async () => {
    const { lambda } = await lambdaWith();
    const both = await Promise.all([lambda.invoke('fixture', { do: 'count' }), lambda.invoke('fixture', { do: 'count' })]);
    expect(both).toMatchObject([
      { coldStart: true, result: 1 },
      { coldStart: true, result: 1 },
    ]);
  });

  it('lives at the sandbox’s time, a warm process too', async () => {
    const { aws, lambda } = await lambdaWith();
    for (const expected of ['2026-11-21T12:00', '2026-11-21T14:30']) {
      const { result, at } = await lambda.invoke('fixture', { do: 'time' });
      expect(result).toMatchObject({
        date: expect.stringContaining(expected),
        called: expect.stringContaining('2026'),
        year: 2020,
        isDate: true,
      });
      expect(at.toISOString()).toContain(expected);
      aws.clock.advance(150);
    }
  });

  it('has the environment of a Lambda function, and nothing of this process’s', async () => {
    const { aws, lambda } = await lambdaWith({ fixture: { env: { LEDGER_TABLE: 'ledger' }, memorySize: 512 } });
    process.env.LEAK = 'secret';
    const { result } = await lambda.invoke('fixture', { do: 'environment' });
    delete process.env.LEAK;
    expect(result).toEqual({
      variables: {
        LEDGER_TABLE: 'ledger',
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA[0-9A-Z]{16}$/),
        AWS_SECRET_ACCESS_KEY: expect.any(String),
        AWS_SESSION_TOKEN: expect.any(String),
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_NAME: 'fixture',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fixture',
        AWS_LAMBDA_LOG_STREAM_NAME: expect.any(String),
        LAMBDA_TASK_ROOT: expect.any(String),
        LANG: 'en_US.UTF-8',
        PATH: expect.any(String),
        TZ: 'UTC',
        _HANDLER: 'index.handler',
      },
      folder: expect.stringContaining('sandbox-lambda-'),
      arguments: 2,
      channel: 'undefined',
    });
  });

  it('gets a context', async () => {
    const { lambda } = await lambdaWith();
    const { result, requestId } = await lambda.invoke('fixture', { do: 'context' });
    expect(result).toMatchObject({
      awsRequestId: requestId,
      functionName: 'fixture',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:fixture',
      memoryLimitInMB: '128',
    });
    const { before, after } = result as { before: number; after: number };
    expect(before).toBeLessThanOrEqual(30_000);
    expect(before).toBeGreaterThan(15_000);
    expect(before - after).toBeGreaterThanOrEqual(45);
  });

  it('carries its event and its result as JSON', async () => {
    const { lambda } = await lambdaWith();
    const echoed = await lambda.invoke('fixture', { do: 'echo', at: new Date(0), nothing: undefined, text: '☃\u2028' });
    expect(echoed.result).toEqual({ do: 'echo', at: '1970-01-01T00:00:00.000Z', text: '☃\u2028' });
    expect((await lambda.invoke('fixture', { do: 'nothing' })).result).toBeNull();
    expect((await lambda.invoke('fixture', { do: 'circle' })).error?.errorType).toBe('Runtime.JSONStringifyError');
  });

  it('calls the export that it is told to', async () => {
    const { lambda } = await lambdaWith({ other: { handler: 'second' } });
    expect((await lambda.invoke('other', {})).result).toBe('second');
  });
});

describe('a failed invocation', () => {
  it.each([
    ['throw', { errorType: 'LedgerError', errorMessage: 'no such table', trace: expect.arrayContaining(['LedgerError: no such table']) }],
    ['throw a text', { errorType: 'string', errorMessage: 'text', trace: [] }],
  ])('tells what was thrown, and keeps its process: %s', async (deed, error) => {
    const { lambda } = await lambdaWith();
    const failed = await lambda.invoke('fixture', { do: deed });
    expect(failed).toMatchObject({ error, result: undefined, log: [{ stream: 'stderr', text: expect.stringContaining('Invoke Error') }] });
    expect((await lambda.invoke('fixture', { do: 'count' })).coldStart).toBe(false);
  });

  it.each([
    ['exit', { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/Runtime exited without providing a reason$/) }],
    ['exit badly', { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/exit status 3$/) }],
    ['forget a promise', { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: forgotten' }],
    ['sleep', { errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/Task timed out after 1.00 seconds$/) }],
  ])('costs its process: %s', async (deed, error) => {
    const { lambda } = await lambdaWith({ fixture: { timeoutSeconds: deed === 'forget a promise' ? 5 : 1 } });
    expect(await lambda.invoke('fixture', { do: deed })).toMatchObject({ error });
    expect(await lambda.invoke('fixture', { do: 'count' })).toMatchObject({ coldStart: true, result: 1 });
  });

  it.each([
    ['a callback', 'export const handler = (event, context, callback) => callback();', 'Runtime.CallbackHandlerDeprecated'],
    ['no handler', 'export const other = 1;', 'Runtime.HandlerNotFound'],
    ['a syntax error', 'export const handler = ', 'Runtime.UserCodeSyntaxError'],
    ['a module that is not in it', "import 'valibot'; export const handler = () => 1;", 'Runtime.ImportModuleError'],
    ['settings that are refused', "throw Object.assign(new Error('AUDIT_REGIONS: missing'), { name: 'ConfigError' });", 'ConfigError'],
  ])('says why its bundle did not load: %s', async (_, text, errorType) => {
    const { lambda } = await lambdaWith({ broken: { bundle: bundleOf(text) } });
    for (let time = 0; time < 2; time += 1) {
      expect(await lambda.invoke('broken', {})).toMatchObject({
        coldStart: true,
        error: { errorType },
        log: [{ text: expect.stringContaining(errorType) }],
      });
    }
  });
});

describe('what a function logs', () => {
  it('is kept by lines, with its invocation', async () => {
    const { lambda } = await lambdaWith();
    const { log } = await lambda.invoke('fixture', { do: 'log' });
    const of = (wanted: string) => log.filter(({ stream }) => stream === wanted).map(({ text }) => text);
    expect([of('stdout'), of('stderr')]).toEqual([['one', 'two', 'unfinished line', 'no end'], ['trouble']]);
    expect((await lambda.invoke('fixture', { do: 'count' })).log).toEqual([]);
  });

  it('is complete when the invocation ends, however much it is', async () => {
    const { lambda } = await lambdaWith();
    expect((await lambda.invoke('fixture', { do: 'log much' })).log).toHaveLength(20_000);
  });

  it('may hold metrics, as CloudWatch would read them, and lines that CloudWatch would drop', async () => {
    const { lambda } = await lambdaWith();
    const { metrics, metricProblems } = await lambda.invoke('fixture', { do: 'metrics' });
    const runs = { namespace: 'Fixture', name: 'Runs', unit: 'Count', values: [1], at: expect.any(Date) };
    expect(metrics).toEqual([
      { ...runs, dimensions: {} },
      { ...runs, dimensions: { region: 'us-east-1' } },
    ]);
    expect(metricProblems).toEqual([expect.stringContaining('the dimension region'), expect.stringContaining('the metric Missing')]);
  });
});

describe('a function', () => {
  it.each([
    ['a variable that Lambda sets', { env: { AWS_REGION: 'eu-west-1' } }, 'may not set AWS_REGION'],
    ['a variable with a bad name', { env: { 'my-var': 'x' } }, 'my-var'],
    ['more than 4 KB of variables', { env: { LONG: 'x'.repeat(4096) } }, '4096'],
    ['a time limit that is none', { timeoutSeconds: 901 }, 'from 1 to 900'],
    ['no bundle', { bundle: 'dist/none.mjs' }, 'no bundle at dist/none.mjs'],
  ])('is refused for %s', async (_, settings, why) => {
    await expect(lambdaWith({ fixture: settings })).rejects.toThrow(why);
  });

  it('runs no more once it is stopped', async () => {
    const { lambda } = await lambdaWith();
    const running = lambda.invoke('fixture', { do: 'sleep' });
    await lambda.stop();
    expect((await running).error?.errorType).toBe('Runtime.ExitError');
    await expect(lambda.invoke('fixture', {})).rejects.toThrow('The function fixture was stopped.');
  });

  it('must be known by its name', async () => {
    const { lambda } = await lambdaWith();
    await expect(lambda.invoke('none', {})).rejects.toThrow('There is no function none. There are: fixture.');
  });
});
