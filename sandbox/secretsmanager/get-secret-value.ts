import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { textOf } from '../json/protocol.ts';
import type { Secret } from '../world/secret.ts';

const CURRENT = 'AWSCURRENT';

/** The current value of a secret, by its ARN, by its ARN without the six characters, or by its name. */
export function getSecretValue(params: Params, { state }: CallContext): object {
  const unknown = Object.keys(params).find((name) => !['SecretId', 'VersionId', 'VersionStage'].includes(name));
  if (unknown !== undefined) throw awsError('InvalidParameterException', `The sandbox's GetSecretValue has no ${unknown}.`);
  const id = textOf(params, 'SecretId');
  if (!id)
    throw awsError(
      'ValidationException',
      "1 validation error detected: Value at 'secretId' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  const secret = [...state.secrets.values()].find((each) => isNamed(each, id));
  if (!secret) throw awsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  checkVersion(params, secret);
  const { arn, name, text, versionId, createdAt } = secret;
  return { ARN: arn, Name: name, VersionId: versionId, SecretString: text, VersionStages: [CURRENT], CreatedDate: createdAt / 1000 };
}

const isNamed = ({ arn, name }: Secret, id: string): boolean => id === arn || id === name || id === arn.slice(0, -'-xxxxxx'.length);

function checkVersion(params: Params, { versionId }: Secret): void {
  const stage = textOf(params, 'VersionStage') ?? CURRENT;
  const version = textOf(params, 'VersionId') ?? versionId;
  if (stage === CURRENT && version === versionId) return;
  const asked = stage === CURRENT ? `VersionId: ${version}` : `staging label: ${stage}`;
  throw awsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${asked}`);
}
