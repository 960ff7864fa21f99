import { existsSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { arnOf, functionId, type PackagedStack, propertiesOf, ref, resourcesOf } from '../packaged-stack.ts';

// Whoever invokes these does not wait for the answer.
const ASYNCHRONOUS = ['onClusterEvent', 'onSchedule'];

const nameOf = (id: string): string => `${id[0]?.toLowerCase()}${id.slice(1).replace('LambdaFunction', '')}`;

/** What every function of the stack has. */
export function functionContract(stack: () => PackagedStack): void {
  const functions = () => resourcesOf(stack().template, 'AWS::Lambda::Function');

  it('are those of functions/, each with its artifact', () => {
    expect(
      functions()
        .map(([id]) => nameOf(id))
        .sort(),
    ).toEqual(stack().functions.map(({ name }) => name));
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

  it('audit works off the queue, a few messages at a time, and names the ones that failed', () => {
    const mappings = resourcesOf(stack().template, 'AWS::Lambda::EventSourceMapping');
    expect(mappings).toHaveLength(1);
    expect(mappings[0]?.[1].Properties).toMatchObject({
      FunctionName: arnOf(functionId('audit')),
      EventSourceArn: arnOf('AuditQueue'),
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });

  it('audit is done before SQS hands its message to somebody else', () => {
    const { Timeout } = propertiesOf(stack().template, functionId('audit'));
    const { VisibilityTimeout } = propertiesOf(stack().template, 'AuditQueue');
    expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * Number(Timeout));
  });
}
