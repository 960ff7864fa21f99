import type { SandboxCall } from '../index.ts';

// IAM's names for what differs from the call's own. Everybody may ask STS who they are.
const PREFIXES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };
const FREE = new Set(['sts:GetCallerIdentity']);

/** The IAM actions that a call needed, e.g. `sqs:SendMessage` for SendMessageBatch. */
export function permissionsOf({ service, action, onBehalf = [] }: SandboxCall): string[] {
  const single = service === 'sqs' || service === 'sns' ? action.replace(/Batch$/, '') : action;
  return [`${PREFIXES[service] ?? service}:${single}`, ...onBehalf].filter((needed) => !FREE.has(needed));
}
