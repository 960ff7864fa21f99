import { describe, expect, it } from '@jest/globals';
import { printedJson } from '../../shared/render/json.ts';
import { preflightFields } from '../../shared/teardowns/preflight-content.ts';
import { preflightTable } from '../support/report-texts.ts';
import { preflightReport } from '../support/reports.ts';

const view = { columns: 100, colour: false };
const NOTHING_LEFT = { branchesInUse: [], branchesAvailable: [], trunks: [], ipAddresses: 0, securityGroups: [], subnets: [] };

describe('the table of a preflight', () => {
  it('tells what would be left, what goes first, what stays, and the steps', () => {
    expect(preflightTable(preflightReport(), view)).toBe(`\
Account 111122223333, eu-west-1, cluster payments: leaves-behind. Deleting payments now can leave
  interfaces behind: 2 branch interfaces serve pods.

Left behind if it were deleted now, holding 2 IP addresses
  branch interfaces in use, orphans once the control plane is gone (2): eni-00000000000000001,
    eni-00000000000000002
  security groups that could not be deleted (1): sg-0bbbbbbbbbbbbbbb1
  subnets that could not be deleted (1): subnet-0aaaaaaaaaaaaaaa1

To be deleted before the cluster: EKS refuses otherwise
  - node group workers

Outliving the control plane: instances of no managed node group
  - i-0123456789abcdef0

NEXT
  1. Scale down what a SecurityGroupPolicy selects.
    kubectl get securitygrouppolicies.vpcresources.k8s.aws --all-namespaces
`);
  });

  it('is short when nothing would be left', () => {
    const clean = preflightReport({
      outcome: 'clean',
      summary: 'Nothing stays.',
      leftBehind: NOTHING_LEFT,
      deleteFirst: [],
      outliving: [],
      steps: [],
    });
    expect(preflightTable(clean, view)).toBe('Account 111122223333, eu-west-1, cluster payments: clean. Nothing stays.\n');
  });

  it('says first what could not be read', () => {
    const unknown = preflightReport({
      outcome: 'unknown',
      coverage: [{ slice: 'branches', ok: false, reason: 'ec2:DescribeNetworkInterfaces failed: denied' }],
    });
    const text = preflightTable(unknown, view);
    expect(text).toContain('INCOMPLETE: something could not be read.');
    expect(text.indexOf('- branches: ec2:DescribeNetworkInterfaces failed: denied')).toBeLessThan(text.indexOf('Left behind'));
  });
});

describe('the JSON of a preflight', () => {
  it('is the report with its schema version', () => {
    const report = preflightReport();
    expect(JSON.parse(printedJson(preflightFields(report)))).toEqual({ schemaVersion: 1, ...report });
  });
});
