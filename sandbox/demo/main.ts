// `npm run demo`: the main job, on an AWS account that lives in this process. No account, no credentials, no network.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteSecurityGroupCommand, EC2Client } from '@aws-sdk/client-ec2';
import { startSandbox } from '../index.ts';
import { chapter, expectThat, tell } from './narrate.ts';
import { sgpWarden } from './program.ts';
import { createAccount } from './story.ts';

const sandbox = await startSandbox({ region: 'eu-west-1' });
const ledgerFolder = await mkdtemp(join(tmpdir(), 'sgp-warden-demo-'));
const ledger = join(ledgerFolder, 'ledger.json');
try {
  const account = createAccount(sandbox);
  const ec2 = new EC2Client({
    region: 'eu-west-1',
    endpoint: sandbox.endpoint,
    credentials: { accessKeyId: 'demo', secretAccessKey: 'demo' },
  });
  const isDeletable = (GroupId: string) =>
    ec2.send(new DeleteSecurityGroupCommand({ GroupId, DryRun: false })).then(
      () => 'deleted',
      (error: Error) => error.name,
    );

  chapter('Two healthy clusters');
  tell('checkout and search run pods with security groups of their own. Somebody is about to delete checkout and asks first.');
  expectThat('preflight warns', (await sgpWarden(sandbox, ['preflight', '--cluster', 'checkout'])) === 1);

  chapter('Friday, 18:00: checkout is deleted anyway, control plane first');
  account.deleteCheckout();
  const refused = await isDeletable(account.podGroup);
  expectThat('EC2 refuses to delete the group', refused === 'DependencyViolation');
  tell(
    'The nodes went after the control plane, so nobody was left to remove their pods’ interfaces.',
    `terraform destroy hangs: DeleteSecurityGroup ${account.podGroup} → ${refused}. What holds it?`,
  );
  expectThat('suspects are findings', (await sgpWarden(sandbox, ['audit', '--ledger', ledger])) === 1);

  chapter('35 minutes later: the second sighting');
  tell(
    'EC2 gives interfaces no age, and a live one may look abandoned for seconds. So one look is never proof; two are, if nothing changed.',
  );
  sandbox.clock.advance(35);
  expectThat('orphans are findings', (await sgpWarden(sandbox, ['audit', '--ledger', ledger])) === 1);

  chapter('The same account, without permission to ask for clusters');
  tell('An auditor that takes a denied read for an empty one would now call every live interface an orphan.');
  const allow = sandbox.faults.add({ when: (call) => call.action === 'DescribeCluster', effect: { kind: 'deny' } });
  expectThat('nothing is claimed', (await sgpWarden(sandbox, ['audit', '--ledger', ledger])) === 3);
  allow();

  const changes = sandbox.calls.filter((call) => call.mutating && call.action !== 'DeleteSecurityGroup');
  expectThat('sgp-warden changed nothing', changes.length === 0);
  expectThat('no live pod was hurt', sandbox.harm.length === 0);
  chapter('What it did to the account');
  tell(
    `${sandbox.calls.length} calls, ${changes.length} of them changed anything. Pods of search that lost their network: ${sandbox.harm.length}.`,
  );
} finally {
  await sandbox.stop();
  await rm(ledgerFolder, { recursive: true, force: true });
}
