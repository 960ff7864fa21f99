import { existsSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { PackagedStack } from '../../../scripts/build/stack.ts';
import { arnOf, functionId, functionsOf, type Kind, propertiesOf, ref, resourcesOf } from '../packaged-stack.ts';

// Whoever invokes these does not wait for the answer.
const ASYNCHRONOUS = ['onClusterEvent', 'onSecurityGroupEvent', 'onSchedule'];

const nameOf = (id: string): string => `${id[0]?.toLowerCase()}${id.slice(1).replace('LambdaFunction', '')}`;

interface Worker {
  name: string;
  queue: string;
  maximumConcurrency: number;
}
const AUDIT: Worker = { name: 'audit', queue: 'AuditQueue', maximumConcurrency: 5 };
// The smallest that SQS knows; the function itself runs once at a time.
const CLEANUP: Worker = { name: 'cleanup', queue: 'CleanupQueue', maximumConcurrency: 2 };

/** What every function of the stack has. */
export function functionContract(stack: () => PackagedStack, kind: Kind): void {
  const { mode, slack } = kind;
  const workers = mode === 'report' ? [AUDIT] : [AUDIT, CLEANUP];
  const functions = () => resourcesOf(stack().template, 'AWS::Lambda::Function');

  it('are those of functions/, each with its artifact; the one that deletes only where the mode allows it, the public one only with Slack', () => {
    const names = functions().map(([id]) => nameOf(id));
    expect(names.sort()).toEqual(functionsOf(kind));
    expect(stack().functions.map(({ name }) => name)).toEqual(functionsOf({ mode: 'auto', slack: true }));
    for (const { artifact } of stack().functions) expect(existsSync(artifact)).toBe(true);
    for (const [id, { Properties }] of functions()) {
      expect(Properties).toMatchObject({ Code: { S3Key: expect.stringMatching(`/${nameOf(id)}\\.zip$`) }, Handler: 'index.handler' });
    }
  });

  it('run on nodejs24.x and arm64', () => {
    for (const [, { Properties }] of functions()) expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  });

  it('log to groups that forget', () => {
    const groups = resourcesOf(stack().template, 'AWS::Logs::LogGroup');
    const retained = groups.map(([, { Properties }]) => [Properties.LogGroupName, Properties.RetentionInDays]);
    expect(retained.sort()).toEqual(
      functions()
        .map(([, { Properties }]) => [`/aws/lambda/${Properties.FunctionName}`, 30])
        .sort(),
    );
  });

  it('have a role each, of their own name', () => {
    for (const [id, { Properties }] of functions()) expect(Properties.Role).toEqual(arnOf(id.replace('LambdaFunction', 'Role')));
  });

  it.each(ASYNCHRONOUS)('%s leaves what it could not handle in a queue, with the event and the error', (name) => {
    const configs = resourcesOf(stack().template, 'AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => Properties);
    expect(configs).toContainEqual(
      expect.objectContaining({
        FunctionName: ref(functionId(name)),
        DestinationConfig: { OnFailure: { Destination: arnOf('FailedInvocations') } },
      }),
    );
  });

  it.each(workers)(
    '$name works off its queue, a message at a time, and names the one that failed',
    ({ name, queue, maximumConcurrency }) => {
      const mappings = resourcesOf(stack().template, 'AWS::Lambda::EventSourceMapping');
      expect(mappings).toHaveLength(workers.length);
      const mapping = {
        FunctionName: arnOf(functionId(name)),
        EventSourceArn: arnOf(queue),
        BatchSize: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: maximumConcurrency },
      };
      expect(mappings.map(([, { Properties }]) => Properties)).toContainEqual(expect.objectContaining(mapping));
    },
  );

  it.each(workers)('$name is done before SQS hands its message to somebody else', ({ name, queue }) => {
    const { Timeout } = propertiesOf(stack().template, functionId(name));
    const { VisibilityTimeout } = propertiesOf(stack().template, queue);
    expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * Number(Timeout));
  });

  it('only cleanup runs once at a time, and only what is public is held down; nothing else takes from the concurrency of the account', () => {
    const reserved = functions().filter(([, { Properties }]) => Properties.ReservedConcurrentExecutions !== undefined);
    expect(reserved.map(([id, { Properties }]) => [nameOf(id), Properties.ReservedConcurrentExecutions])).toEqual([
      ...(mode === 'report' ? [] : [['cleanup', 1]]),
      ...(slack ? [['onSlackAction', 5]] : []),
    ]);
  });
}
