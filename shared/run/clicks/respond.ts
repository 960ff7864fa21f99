// The answer that only whoever clicked sees: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses

import { codeOf } from '../../aws/errors.ts';
import { asText } from '../../render/chat-text.ts';

// What was asked for is done by then, and Slack waits three seconds for the click to be acknowledged.
const WAIT_MS = 700;
const SLACK_ORIGINS: ReadonlySet<string> = new Set(['https://slack.com', 'https://slack-gov.com']);
const HOOKS: ReadonlySet<string> = new Set(['https://hooks.slack.com', 'https://hooks.slack-gov.com']);

/** Whether a URL is one that Slack hands out. `apiUrl`: where a stand-in for Slack is used, it answers at its own origin. */
export function isResponseUrl(text: string, apiUrl: string): boolean {
  const url = URL.parse(text);
  if (url?.username !== '' || url.password !== '') return false;
  const api = URL.parse(apiUrl)?.origin;
  return HOOKS.has(url.origin) || (api !== undefined && !SLACK_ORIGINS.has(api) && url.origin === api);
}

/** A text in which Slack finds no markup. */
export const escaped = (text: string): string => asText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Tells whoever clicked. Throws when Slack did not take it; without the URL, which is a secret. */
export async function respond(apiUrl: string, responseUrl: string, text: string): Promise<void> {
  if (!isResponseUrl(responseUrl, apiUrl)) throw new Error("the click's response_url is not one of Slack's, so nothing is sent there");
  const response = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text: escaped(text) }),
    redirect: 'error',
    signal: AbortSignal.timeout(WAIT_MS),
  }).catch((error: unknown) => {
    throw new Error(`Slack did not answer at the click's response_url (${codeOf(error) ?? 'no connection'})`);
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`Slack answered HTTP ${response.status} at the click's response_url`);
}
