// What Slack takes: a bot token and a signing secret, read from Secrets Manager when they are first needed.
import { GetSecretValueCommand, SecretsManagerClient, type SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { codeOf, messageOf } from '../../aws/errors.ts';
import { ConfigError } from '../../domain/errors.ts';
import { parseSlackSecret, type SlackSecret } from '../../settings/slack-secret.ts';

export const actions = ['secretsmanager:GetSecretValue'];

// Whoever clicks waits: Slack gives a function three seconds.
const RELIABILITY = {
  maxAttempts: 2,
  retryMode: 'standard',
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true },
} as const;
// Requests that nobody signed ask for it again, and anybody can send those.
const REREAD_MS = 60_000;
// A secret is replaced because somebody else has it: what is signed with the old one fits, so nothing else would make this read it again.
const GOOD_MS = 300_000;

export interface SlackSecretSource {
  /** The secret as it was read within the last five minutes. A read that failed is tried again. */
  get(): Promise<SlackSecret>;
  /** Slack did not know the token: the next one who asks reads it again. */
  forget(): void;
  /** The secret as it is now, or as it was a minute ago. What was read before stays good for its five minutes where it cannot be read. */
  reread(): Promise<SlackSecret>;
}

type Overrides = Pick<SecretsManagerClientConfig, 'credentials' | 'endpoint'> & { clock?: () => Date };

/** The secret behind an ARN, in the ARN's own region. Errors say what to do, and no value. */
export function slackSecret(arn: string, { clock = () => new Date(), ...overrides }: Overrides = {}): SlackSecretSource {
  const client = new SecretsManagerClient({ region: arn.split(':')[3] ?? '', ...RELIABILITY, ...overrides });
  let known: { secret: Promise<SlackSecret>; readAt: number } | undefined;
  let triedAt = 0;
  const read = () => {
    triedAt = clock().getTime();
    return { secret: readSecret(client, arn), readAt: triedAt };
  };
  const get = (): Promise<SlackSecret> => {
    if (known && clock().getTime() - known.readAt < GOOD_MS) return known.secret;
    const asked = read();
    known = asked;
    asked.secret.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked.secret;
  };
  const reread = async (): Promise<SlackSecret> => {
    if (!known || clock().getTime() - triedAt < REREAD_MS) return get();
    const asked = read();
    const secret = await asked.secret;
    known = asked;
    return secret;
  };
  return {
    get,
    reread,
    forget: () => {
      known = undefined;
    },
  };
}

// The next step first: logs cut long lines, and AWS's own words are long. Without causes: an SDK's error carries the answer, and Lambda
// prints all that an error carries.
async function readSecret(client: SecretsManagerClient, arn: string): Promise<SlackSecret> {
  let text: string | undefined;
  try {
    ({ SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: arn })));
  } catch (error) {
    throw new ConfigError([
      `the Slack secret ${arn} could not be read; ${nextStep(error)} (${codeOf(error) ?? 'error'}: ${messageOf(error)})`,
    ]);
  }
  if (text === undefined) throw new ConfigError([`the Slack secret ${arn} holds no text: put its JSON in as a secret string`]);
  return parseSlackSecret(text);
}

function nextStep(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ResourceNotFoundException') return 'create it, or deploy with the SLACK_SECRET_ARN of one that is there';
  if (code === 'AccessDeniedException')
    return "allow the function's role secretsmanager:GetSecretValue on it, and kms:Decrypt on the key that it has";
  if (code === 'DecryptionFailure') return "allow the function's role kms:Decrypt on the key that it has";
  return 'the next request reads it again';
}
