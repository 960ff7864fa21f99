import { createHash, randomUUID } from 'node:crypto';
import { existing, type Place } from './place.ts';
import type { Secret } from './secret.ts';

const NAME = /^[A-Za-z0-9/_+=.@-]{1,512}$/;
const BYTES = 65_536;

/** A secret that holds a text. */
export function createSecret(place: Place, name: string, text: string): Secret {
  const { state, accountId, timeline } = place;
  if (!NAME.test(name)) throw new Error(`A secret's name has 1 to 512 letters, digits and /_+=.@-; it is "${name}".`);
  if ([...state.secrets.values()].some((secret) => secret.name === name)) throw new Error(`The sandbox has a secret ${name} already.`);
  const suffix = createHash('sha256').update(place.newId(name)).digest('base64').replace(/[/+=]/g, 'x').slice(0, 6);
  const arn = `arn:aws:secretsmanager:${state.region}:${accountId}:secret:${name}-${suffix}`;
  const secret: Secret = { name, arn, ...version(text, timeline.now()) };
  state.secrets.set(arn, secret);
  return secret;
}

/** Puts another text into a secret. */
export function putSecret({ state, timeline }: Place, arn: string, text: string): Secret {
  return Object.assign(existing(state.secrets, arn, 'secret'), version(text, timeline.now()));
}

function version(text: string, now: Date): Pick<Secret, 'text' | 'versionId' | 'createdAt'> {
  const bytes = Buffer.byteLength(text);
  // Without the text, which is a secret in tests of logs as well.
  if (bytes === 0 || bytes > BYTES) throw new Error(`A secret has 1 to ${BYTES} bytes; this one has ${bytes}.`);
  return { text, versionId: randomUUID(), createdAt: now.getTime() };
}
