// `npm run demo`: the main job, on an AWS account that lives in this process. No account, no credentials, no network.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AuthorizeSecurityGroupEgressCommand,
  DeleteSecurityGroupCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import { singleSignOn } from '../cloudtrail/identities.ts';
import { startSandbox } from '../index.ts';
import { press, showMessage } from './channel.ts';
import { showDeletions } from './deletions.ts';
import { createInbox } from './inbox.ts';
import { chapter, expectThat, tell } from './narrate.ts';
import { sgpWarden } from './program.ts';
import { ANNA, BEN, startTeamSlack } from './slack.ts';
import { deployStack } from './stack.ts';
import { createAccount } from './story.ts';

const sandbox = await startSandbox({ region: 'eu-west-1', start: new Date('2026-11-20T17:00:00Z') });
const team = await startTeamSlack(sandbox);
const stack = await deployStack(sandbox, { CLEANUP_MODE: 'approve' }, team.params);
const inbox = createInbox(sandbox);
const folder = await mkdtemp(join(tmpdir(), 'sgp-warden-'));
const ledger = join(folder, 'ledger.json');
const credentials = { accessKeyId: 'AKIAANNA000000000000', secretAccessKey: 'demo' };
const ec2 = new EC2Client({ region: 'eu-west-1', endpoint: sandbox.endpoint, credentials });
/** What EC2 says when somebody, or Terraform, deletes a security group. */
const deleteGroup = (GroupId: string) =>
  ec2.send(new DeleteSecurityGroupCommand({ GroupId })).then(
    () => 'deleted',
    (error: Error) => error.name,
  );

try {
  const account = createAccount(sandbox);

  chapter('Two healthy clusters, and SGP Warden deployed beside them');
  tell('checkout and search run pods with security groups of their own. Somebody is about to delete checkout, and asks first.');
  expectThat('preflight warns', (await sgpWarden(sandbox, ['preflight', '--cluster', 'checkout'])) === 1);

  chapter('Friday, 18:00: checkout is deleted anyway, control plane first');
  sandbox.clock.advance(60);
  await stack.clusterDeleted('checkout');
  expectThat('the deployed functions warn at once', inbox.open('warning') === 1);
  account.terminateNodes();
  await stack.lambda.advance(15);
  const refused = await deleteGroup(account.podGroup);
  expectThat('EC2 refuses to delete the group', refused === 'DependencyViolation');
  tell(
    '',
    `The nodes went after the control plane. terraform destroy hangs: DeleteSecurityGroup ${account.podGroup} → ${refused}.`,
    'What holds it?',
  );
  expectThat('suspects are findings', (await sgpWarden(sandbox, ['audit', '--ledger', ledger])) === 1);

  chapter('35 minutes later: the second sighting');
  tell(
    'EC2 gives interfaces no age, and a live one may look abandoned for seconds. So one look is never proof; two are, if nothing changed.',
  );
  await stack.live(35);
  expectThat('orphans are findings', (await sgpWarden(sandbox, ['audit', '--ledger', ledger])) === 1);
  tell('', 'Meanwhile, by e-mail:');
  inbox.open('transition');

  chapter('The same account, without permission to ask for clusters');
  tell('An auditor that takes a denied read for an empty one would now call every live interface an orphan.');
  const allow = sandbox.faults.add({ when: (call) => call.action === 'DescribeCluster', effect: { kind: 'deny' } });
  expectThat('nothing is claimed', (await sgpWarden(sandbox, ['audit', '--ledger', ledger])) === 3);
  allow();

  const byUs = sandbox.calls.filter(
    (call) => call.mutating && ['ec2', 'eks'].includes(call.service) && call.accessKeyId !== credentials.accessKeyId,
  );
  expectThat('nothing was changed so far', byUs.length === 0);

  chapter('A plan that waits for a name');
  tell('The stack is deployed with CLEANUP_MODE=approve: it asks, once for each deleted cluster, and waits.');
  const [first] = inbox.plans();
  expectThat('a plan is proposed', first !== undefined);
  const keep = account.keepOne();
  tell(`Then somebody tags ${keep} with sgp-warden:keep. The next sweep makes another plan, and asks again:`);
  await stack.live(30);
  inbox.open('plan');
  const plan = inbox.plans().at(-1) ?? '';
  expectThat('another plan takes its place', plan !== first);

  chapter('Approvals: of the wrong plan, by the wrong person, and the right one');
  tell('An approval is for one plan of one world. Of the old one it is refused, with the reason, and recorded:');
  const deployed = ['--ledger', `dynamodb:${stack.table}`];
  expectThat('the old plan is refused', (await sgpWarden(sandbox, ['approve', first ?? '', ...deployed])) === 1);
  tell('', 'The new one waits in Slack, too:');
  showMessage(team, /^APPROVE\?/);
  tell('', 'Ben presses Approve. He is not on the list.');
  expectThat('Ben may not', /may not approve/.test(await press(team, stack, /^APPROVE\?/, 'approve', BEN)));
  const before = sandbox.calls.length;
  tell(
    '',
    'Anna is. Her click is one write to the ledger; the one function that may delete does the rest, and proves each orphan once more:',
  );
  expectThat('Anna may', /^You approved/.test(await press(team, stack, /^APPROVE\?/, 'approve', ANNA)));
  showDeletions(sandbox.calls.slice(before));
  tell('', 'The same message now, and the last word in its thread:');
  showMessage(team, plan, true);
  expectThat('people are told', inbox.open('plan') > 0);
  expectThat('the kept one is still there', account.isThere(keep));
  expectThat('there is a history', (await sgpWarden(sandbox, ['history', ...deployed])) === 0);

  chapter('The kept one is deleted by hand, and the follow-up ends');
  account.remove(keep);
  await stack.live(180);
  expectThat('people are told', inbox.open('certificate') > 0);
  expectThat('the certificate is clean', inbox.certificates().at(-1) === 'clean');
  expectThat('the group can be deleted now', (await deleteGroup(account.podGroup)) === 'deleted');
  tell('', `DeleteSecurityGroup ${account.podGroup} → deleted.`);

  chapter('Half an hour later: somebody revokes a rule');
  const ben = { by: singleSignOn('123456789012', 'Developer', 'ben@example.com'), tool: 'terraform' } as const;
  tell(`Ben applies a plan that he has not read to its end. One rule of search-index goes: UDP 53. A minute later, by e-mail:`, '');
  const dns = [{ IpProtocol: 'udp', FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: account.searchGroup, IpPermissions: dns }));
  await stack.changed(sandbox.calls.slice(-1), ben);
  expectThat('people are told twice: the finding, and who did what', inbox.open('change') === 2);
  const wayBack = inbox.wayBack();
  tell('', 'Anna pastes the first command into her terminal:', `$ ${wayBack}`, '');
  const [, permissions = '[]'] = /--ip-permissions '(.*)'$/.exec(wayBack) ?? [];
  expectThat('the printed command names the group', wayBack.includes(account.searchGroup));
  await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: account.searchGroup, IpPermissions: JSON.parse(permissions) }));
  await stack.changed(sandbox.calls.slice(-1));
  expectThat('it is over', inbox.open('transition') === 2);

  chapter('What it did to the account');
  const deletions = sandbox.calls.filter((call) => call.action === 'DeleteNetworkInterface');
  // Too fast is no fault: Slack says for how long to wait, and is obeyed.
  expectThat(
    'Slack took every message',
    team.slack.refused.every(({ error }) => error === 'ratelimited'),
  );
  expectThat('no live pod was hurt', sandbox.harm.length === 0);
  tell(
    `${sandbox.calls.length} calls; ${deletions.length} deletions, each proven, guarded and recorded. Interfaces of live pods among them: ${sandbox.harm.length}.`,
  );
} finally {
  await stack.stop();
  await team.stop();
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
}
