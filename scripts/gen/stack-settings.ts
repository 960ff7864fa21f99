// What the stack is made of where it comes to settings: its parameters, the environment of its functions, the defaults of its params.
import { SAFE_ORPHAN_AGE_MINUTES, SETTINGS, type Setting } from '../../shared/settings/settings.ts';
import { oneOf } from '../../shared/settings/values.ts';

type StackSetting = Pick<Setting, 'constraint' | 'default' | 'says' | 'inStack'>;

// What only a deployment sets, and no function reads.
const OF_THE_STACK: Readonly<Record<string, StackSetting>> = {
  ALERT_EMAIL: {
    constraint: {
      Type: 'String',
      AllowedPattern: '^$|^[^@\\s]+@[^@\\s]+$',
      ConstraintDescription: 'must be an e-mail address or empty',
    },
    default: '',
    says: 'Who gets findings and alarms by e-mail; AWS asks that person to confirm. Empty: no e-mail.',
  },
  CHAT_TOPIC: {
    constraint: oneOf(['true', 'false']).constraint,
    default: 'false',
    says: 'Whether to make a second topic, for Amazon Q Developer in chat applications.',
    inStack: { parameter: 'WithChatTopic' },
  },
};

const settings: readonly (readonly [string, StackSetting])[] = Object.entries(SETTINGS);
const params = [...settings, ...Object.entries(OF_THE_STACK)];
const parameters = params.filter(([, { inStack }]) => inStack?.decidedBy === undefined);

const parameterOf = (name: string, { inStack }: StackSetting): string =>
  inStack?.parameter ?? name.replace(/(?:^|_)([A-Z])([A-Z]*)/g, (_, first: string, rest: string) => first + rest.toLowerCase());

const inEnvironment = (name: string, setting: StackSetting): unknown => {
  // A variable that is null is left out of the template.
  if (setting.inStack?.decidedBy) return `\${self:custom.${setting.inStack.decidedBy}, null}`;
  const ref = { Ref: parameterOf(name, setting) };
  return setting.constraint.Type === 'CommaDelimitedList' ? { 'Fn::Join': [',', ref] } : ref;
};

/** infra/settings.json: `Parameters` and `environment` for the template, `params` and `safeOrphanAgeMinutes` for what is decided when packaging. */
export function renderStackSettings(): string {
  const Parameters = parameters.map(([name, setting]) => [
    parameterOf(name, setting),
    { Description: setting.says, ...setting.constraint, Default: `\${param:${name}}` },
  ]);
  const parts = {
    Parameters: Object.fromEntries(Parameters),
    environment: Object.fromEntries(settings.map(([name, setting]) => [name, inEnvironment(name, setting)])),
    params: Object.fromEntries(params.map(([name, setting]) => [name, { ...setting.constraint, Default: setting.default }])),
    safeOrphanAgeMinutes: SAFE_ORPHAN_AGE_MINUTES,
  };
  return `${JSON.stringify(parts, undefined, 2)}\n`;
}

/** The defaults of the params, for serverless.yml. */
export const renderParams = (): string =>
  params.map(([name, setting]) => `    ${name}: '${setting.inStack?.default ?? setting.default}'`).join('\n');
