import { expect, it } from '@jest/globals';
import { ALL_ACTIONS } from '../../shared/inventory/actions.ts';
import { sources, textOf } from './source-files.ts';
import { namesOf } from './syntax.ts';

/** The IAM actions of the SDK commands that a module imports. */
const actionsOf = (text: string): string[] =>
  namesOf(text, '@aws-sdk/client-').flatMap(({ from, name }) =>
    name.endsWith('Command') ? `${from.replace('@aws-sdk/client-', '')}:${name.replace(/Command$/, '')}` : [],
  );

it('the collectors state exactly the IAM actions of the commands that they send', () => {
  const sent = sources('shared/inventory', 'shared/aws').flatMap((path) => actionsOf(textOf(path)));
  expect([...new Set(sent)].sort()).toEqual([...ALL_ACTIONS]);
});

it('all of them only read', () => {
  expect(ALL_ACTIONS.filter((action) => !/^[a-z0-9]+:(?:Describe|List|Get)/.test(action))).toEqual([]);
});

it('a command is found by its import', () => {
  const text = "import { DeleteNetworkInterfaceCommand, type DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'";
  expect(actionsOf(text)).toEqual(['ec2:DeleteNetworkInterface']);
});
