import type { Env } from './ports.ts';

// Every partition's: us-gov-west-1, us-isob-east-1, and the European Sovereign Cloud's eusc-de-east-1.
const REGION_NAME = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/** Whether AWS could have a region of this name. */
export const isRegionName = (name: string): boolean => REGION_NAME.test(name);

export interface Regions {
  regions: readonly string[];
  problems: readonly string[];
}

const check = (said: readonly (readonly [source: string, region: string])[]): Regions => ({
  regions: [...new Set(said.map(([, region]) => region))],
  problems: said
    .filter(([, region]) => !isRegionName(region))
    .map(([source, region]) => `${source}${region}: not the name of an AWS region, such as eu-west-1.`),
});

/** The regions to look at: those asked for, else the environment's, else the profile's. Each once. */
export async function regionsFor(asked: readonly string[], env: Env, profileRegion: () => Promise<string | undefined>): Promise<Regions> {
  if (asked.length > 0) return check(asked.map((region) => ['--region ', region]));
  const variable = ['AWS_REGION', 'AWS_DEFAULT_REGION'].find((name) => env[name]);
  if (variable) return check([[`${variable}=`, env[variable] ?? '']]);
  const region = await profileRegion();
  if (region) return check([["the profile's region ", region]]);
  const problem = 'no region is set. Give --region REGION, set AWS_REGION, or give the profile one: aws configure set region REGION.';
  return { regions: [], problems: [problem] };
}
