import { codeOf, messageOf } from '../aws/errors.ts';
import { clean, cut } from '../content/text.ts';

const REASON_BYTES = 500;

// Reasons go into logs. Services quote what they were sent, and an endpoint may have a password in it.
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, '(access key)'],
  [/\/\/[^\s/@]+@/g, '//(credentials)@'],
  // Not the service, and not what follows in the ARN of a secret: that is its name.
  [/((?:signature|token|(?<!:\d{12}:)secret(?!smanager:)|password|credential)[\w-]*\s*[=:]\s*)[^\s,;&]+/gi, '$1(hidden)'],
  // Secret keys have 40 characters of base64, session tokens hundreds; the names in an ARN have dashes and colons between.
  [/[A-Za-z0-9+/]{40,}={0,2}/g, '(hidden)'],
];

/** By the beginning of an error's code, what to do about it. */
export type NextSteps = readonly (readonly [codes: RegExp, next: string])[];

const NEXT: NextSteps = [
  [/^(?:AuthorizationError|AccessDenied)/, 'allow sns:Publish on the topic, and kms:GenerateDataKey and kms:Decrypt on its key'],
  [/^KMS/, "allow kms:GenerateDataKey and kms:Decrypt on the topic's key, and see that the key is enabled"],
  [/^NotFound/, 'deploy the stack again, or correct the ARN'],
];

const tidy = (text: string): string =>
  cut(
    SECRETS.reduce((safe, [secret, instead]) => safe.replace(secret, instead), clean(text)),
    REASON_BYTES,
  );

const withNext = (code: string | undefined, text: string, steps: NextSteps = NEXT): string => {
  const [, next] = steps.find(([codes]) => code !== undefined && codes.test(code)) ?? [];
  return next ? `${tidy(text)}; ${next}` : tidy(text);
};

/** Why a call failed, in one line without secrets, with the next step where there is one. */
export function reasonOf(error: unknown, steps: NextSteps = NEXT): string {
  const code = codeOf(error);
  return withNext(code, [code, messageOf(error)].filter(Boolean).join(': '), steps);
}

/** Why SNS did not take one message of a batch. */
export function refusal(topicArn: string, { Code, Message }: { Code?: string | undefined; Message?: string | undefined }): string {
  return withNext(Code, `${topicArn} refused it: ${[Code, Message].filter(Boolean).join(': ') || 'no reason given'}`);
}
