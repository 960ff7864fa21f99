import { describe, expect, it } from '@jest/globals';
import type { PackagedStack } from '../../../scripts/build/stack.ts';
import { CLEANUP_MODES, type CleanupMode } from '../../../shared/settings/settings.ts';
import { functionId, propertiesOf, ref, resourcesOf } from '../packaged-stack.ts';
import { textOf as sourceOf } from '../source-files.ts';
import { actionsOf, type Statement, statementsOf } from './permissions.ts';

// All that approve and auto add to report. Whoever reviews a change of this list reviews what the stack can delete.
const ADDED = [
  'AuditCleanupPolicy',
  'CleanupDeadLetters',
  'CleanupDeadLettersAlarm',
  'CleanupErrorsAlarm',
  'CleanupEventSourceMappingSQSCleanupQueue',
  'CleanupFailuresAlarm',
  'CleanupLambdaFunction',
  'CleanupLogGroup',
  'CleanupQueue',
  'CleanupQueueAgeAlarm',
  'CleanupRole',
  'CleanupRunFailuresAlarm',
];

// The one permission to delete.
const DELETES: Statement = {
  Effect: 'Allow',
  Action: 'ec2:DeleteNetworkInterface',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's.
  Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:ec2:*:${AWS::AccountId}:network-interface/*' },
  Condition: {
    StringEquals: { 'aws:ResourceTag/eks:eni:owner': 'eks-vpc-resource-controller', 'aws:RequestedRegion': ref('AuditRegions') },
  },
};

// The time of packaging is in the path of every artifact.
const textOf = ({ text }: PackagedStack): string => text.replaceAll(/\/\d{13}-[\dT:.Z-]+\//g, '/now/');

/** The template without what a mode adds, and with the mode's own texts as report has them. */
function asReported(stack: PackagedStack, mode: CleanupMode): unknown {
  const template = JSON.parse(textOf(stack).replaceAll(`"CLEANUP_MODE": "${mode}"`, '"CLEANUP_MODE": "report"'));
  for (const id of ADDED) delete template.Resources[id];
  delete template.Resources.Dashboard;
  template.Resources[functionId('audit')].Properties.Environment.Variables.CLEANUP_QUEUE_URL = '';
  return template;
}

/** What each mode can delete, by the text of its template alone; docs/modes.md says so to the people who decide. */
export function modeContract(stackOf: (mode: CleanupMode) => PackagedStack): void {
  const statements = (mode: CleanupMode): readonly (readonly [role: string, Statement])[] => {
    const { template } = stackOf(mode);
    return resourcesOf(template, 'AWS::IAM::Role').flatMap(([id]) =>
      statementsOf(template, id).map((statement) => [id, statement] as const),
    );
  };
  const changing = (mode: CleanupMode) =>
    statements(mode).filter(([, statement]) => actionsOf([statement]).some((action) => /^(?:ec2|eks):(?!Describe|List|Get)/.test(action)));

  it('report: the template holds no permission to change anything in EC2 or EKS, nor anything that would use it', () => {
    const { text, template } = stackOf('report');
    expect(text).not.toContain('ec2:Delete');
    expect(text).not.toMatch(/(?:ec2|eks):(?!Describe|List|Get)[A-Z]/);
    expect(changing('report')).toEqual([]);
    expect(Object.keys(template.Resources).filter((id) => ADDED.includes(id) || /cleanup/i.test(id))).toEqual([]);
  });

  describe.each(['approve', 'auto'] as const)('%s', (mode) => {
    it('has one statement that deletes, on one role: what the VPC resource controller tagged, in the audited regions', () => {
      expect(changing(mode)).toEqual([['CleanupRole', DELETES]]);
      expect(stackOf(mode).text.match(/ec2:Delete/g)).toHaveLength(1);
    });

    it('adds exactly what is listed, and changes nothing else but the texts that name the mode and the queue', () => {
      const { Resources } = stackOf(mode).template;
      expect(Object.keys(Resources).filter((id) => !(id in stackOf('report').template.Resources))).toEqual(expect.arrayContaining(ADDED));
      // What is shown of a cleanup has a contract of its own: test/contracts/metrics.test.ts.
      const { Dashboard, ...others } = JSON.parse(textOf(stackOf('report'))).Resources;
      expect(Dashboard.Type).toBe('AWS::CloudWatch::Dashboard');
      expect(asReported(stackOf(mode), mode)).toEqual({ ...JSON.parse(textOf(stackOf('report'))), Resources: others });
      expect(propertiesOf(stackOf(mode).template, functionId('audit'))).toMatchObject({
        Environment: { Variables: { CLEANUP_QUEUE_URL: ref('CleanupQueue') } },
      });
    });
  });

  it('the page for those who decide quotes that one statement as the template has it', () => {
    const quoted = [...sourceOf('docs/modes.md').matchAll(/```json\n([^`]*)```/g)].map(([, json]) => JSON.parse(json ?? '') as unknown);
    expect(quoted).toContainEqual(DELETES);
  });

  it('approve and auto differ in nothing but the name of the mode', () => {
    const auto = textOf(stackOf('auto'));
    expect(auto.match(/"auto"/g)).toHaveLength(Object.keys(functionsIn(stackOf('auto'))).length);
    expect(auto.replaceAll('"CLEANUP_MODE": "auto"', '"CLEANUP_MODE": "approve"')).toBe(textOf(stackOf('approve')));
  });

  it.each(CLEANUP_MODES)('%s: no role can write the tag that a deletion asks for, nor take another role', (mode) => {
    const actions = statements(mode).flatMap(([, statement]) => actionsOf([statement]));
    expect(actions).not.toEqual([]);
    expect(actions.filter((action) => /tag|^iam:|assume|^ec2:(?:Create|Modify)/i.test(action))).toEqual([]);
  });

  it('only the cleanup function has the role that deletes', () => {
    for (const mode of ['approve', 'auto'] as const) {
      const using = Object.entries(stackOf(mode).template.Resources).filter(([, { Properties }]) =>
        JSON.stringify(Properties).includes('"CleanupRole"'),
      );
      expect(using.map(([id]) => id)).toEqual([functionId('cleanup')]);
    }
  });
}

const functionsIn = ({ template }: PackagedStack) => Object.fromEntries(resourcesOf(template, 'AWS::Lambda::Function'));
