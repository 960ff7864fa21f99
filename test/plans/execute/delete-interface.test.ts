import { DeleteNetworkInterfaceCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterEach, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { deleteInterface } from '../../../shared/plans/execute/delete-interface.ts';
import { eniId } from '../../support/interfaces.ts';

const ec2 = mockClient(EC2Client);
afterEach(() => {
  ec2.reset();
});

const remove = () => deleteInterface(new EC2Client({ region: 'eu-central-1' }), eniId(1));
const named = (name: string, extra: object = {}) => Object.assign(new Error('said so'), { name }, extra);

it('asks EC2 once, for that interface', async () => {
  ec2.on(DeleteNetworkInterfaceCommand).resolves({});
  expect(await remove()).toEqual({ kind: 'deleted' });
  expect(ec2.commandCalls(DeleteNetworkInterfaceCommand).map((call) => call.args[0].input)).toEqual([{ NetworkInterfaceId: eniId(1) }]);
});

it.each([
  ['InvalidNetworkInterfaceID.NotFound', 'not-found'],
  ['InvalidNetworkInterface.InUse', 'in-use'],
  ['InvalidParameterValue', 'in-use'],
  ['InvalidNetworkInterfaceId.Malformed', 'refused'],
  ['OperationNotPermitted', 'refused'],
  ['DependencyViolation', 'refused'],
  ['UnauthorizedOperation', 'denied'],
  ['AccessDenied', 'denied'],
  ['RequestLimitExceeded', 'throttled'],
  ['Throttling', 'throttled'],
  // Who asks is not known any more: a permission would not help.
  ['ExpiredToken', 'refused'],
  ['AuthFailure', 'refused'],
  ['CredentialsProviderError', 'refused'],
  // It may have happened.
  ['DryRunOperation', 'unanswered'],
  ['InternalError', 'unanswered'],
  ['Unavailable', 'unanswered'],
  ['TimeoutError', 'unanswered'],
  ['ResourceNotFoundException', 'unanswered'],
  ['NotFound', 'unanswered'],
])('%s is %s', async (code, kind) => {
  ec2.on(DeleteNetworkInterfaceCommand).rejects(named(code));
  const answer = await remove();
  expect(answer.kind).toBe(kind);
  if ('says' in answer) expect(answer.says).toContain(`${code}: said so`);
});

it.each([
  ['a proxy’s 404 page', named('Unknown', { $metadata: { httpStatusCode: 404 } })],
  ['a page in the place of an answer', new SyntaxError('Unexpected token <')],
  ['a lost connection', named('Error', { code: 'ECONNRESET' })],
  ['something that is no error', 'oops'],
])('%s leaves open whether it happened', async (_name, error) => {
  ec2.on(DeleteNetworkInterfaceCommand).callsFake(() => Promise.reject(error));
  expect(await remove()).toMatchObject({ kind: 'unanswered', says: expect.stringMatching(/./) });
});
