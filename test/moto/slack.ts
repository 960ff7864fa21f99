import { delimiter, dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { slackSecret } from '../../shared/run/clicks/secret.ts';
import { MOTO_REGION, type Moto } from '../support/moto.ts';
import { runProgram } from '../support/sgp-warden.ts';

const SECRET = { botToken: 'xoxb-moto', signingSecret: '0123456789abcdef0123456789abcdef', channels: [{ channel: 'C0PLATFORM' }] };

/** The Slack secret, as docs/slack.md makes it and a third party's Secrets Manager keeps it. */
export function slackScenario(moto: Moto): void {
  describe('the Slack secret', () => {
    const env = { ...moto.env, PATH: `${dirname(moto.aws)}${delimiter}${process.env.PATH}`, AWS_PAGER: '' };
    const aws = async (command: string): Promise<string> => {
      const { exitCode, stdout, stderr } = await runProgram('sh', ['-c', `aws secretsmanager ${command} --region ${MOTO_REGION}`], env);
      if (exitCode !== 0) throw new Error(stderr);
      return stdout.trim();
    };
    const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };

    it('is read by the ARN that the aws CLI prints, and read anew when it was replaced', async () => {
      const arn = await aws(`create-secret --name sgp-warden/slack --secret-string '${JSON.stringify(SECRET)}' --query ARN --output text`);
      let now = 0;
      const source = slackSecret(arn, { endpoint: moto.endpoint, credentials, clock: () => new Date(now) });
      expect(await source.get()).toEqual(SECRET);
      const next = { ...SECRET, botToken: 'xoxb-next' };
      await aws(`put-secret-value --secret-id sgp-warden/slack --secret-string '${JSON.stringify(next)}'`);
      expect(await source.reread()).toEqual(SECRET);
      now += 60_000;
      expect(await source.reread()).toEqual(next);
    });

    it('that is not there is missed by its ARN, with the way out', async () => {
      const arn = `arn:aws:secretsmanager:${MOTO_REGION}:123456789012:secret:nobody-AbCdEf`;
      const source = slackSecret(arn, { endpoint: moto.endpoint, credentials });
      await expect(source.get()).rejects.toThrow(
        new RegExp(`${arn} could not be read; create it, or deploy with the SLACK_SECRET_ARN .*ResourceNotFoundException`),
      );
    });
  });
}
