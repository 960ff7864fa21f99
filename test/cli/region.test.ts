import { describe, expect, it } from '@jest/globals';
import { regionsFor } from '../../cli/region.ts';

const nowhere = async () => undefined;

describe('the regions of a command', () => {
  it.each([
    ['--region before all else', ['us-east-1'], { AWS_REGION: 'eu-west-1' }, ['us-east-1']],
    ['several, each once', ['us-east-1', 'eu-west-1', 'us-east-1'], {}, ['us-east-1', 'eu-west-1']],
    ['AWS_REGION', [], { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-1' }, ['eu-west-1']],
    ['AWS_DEFAULT_REGION', [], { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-1' }, ['us-east-1']],
    ["the profile's", [], {}, ['eu-north-1']],
  ])('are %s', async (_, asked, env, regions) => {
    expect(await regionsFor(asked, env, async () => 'eu-north-1')).toEqual({ regions, problems: [] });
  });

  it.each(['eu-west-1', 'us-gov-west-1', 'us-isob-east-1', 'cn-north-1', 'ap-southeast-5', 'eusc-de-east-1'])(
    'may be %s',
    async (region) => {
      expect((await regionsFor([region], {}, nowhere)).problems).toEqual([]);
    },
  );

  it.each(['eu-west', 'eu-west-1a', 'EU-WEST-1', 'eu_west_1', 'euwest1', 'eu-west-1,us-east-1', 'eu-west-1\n', '../x', 'aws-global'])(
    'may not be %j',
    async (region) => {
      expect((await regionsFor([region], {}, nowhere)).problems).toEqual([
        `--region ${region}: not the name of an AWS region, such as eu-west-1.`,
      ]);
    },
  );

  it('are told by what set them when they are malformed', async () => {
    expect((await regionsFor([], { AWS_REGION: 'moon' }, nowhere)).problems).toEqual([expect.stringMatching(/^AWS_REGION=moon: /)]);
    expect((await regionsFor([], {}, async () => 'moon')).problems).toEqual([expect.stringMatching(/^the profile's region moon: /)]);
  });

  it('must be set somewhere; the three ways are named', async () => {
    const { regions, problems } = await regionsFor([], {}, nowhere);
    expect(regions).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/--region REGION.*AWS_REGION.*aws configure set region/)]);
  });
});
