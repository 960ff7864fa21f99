import { describe, expect, it } from '@jest/globals';
import { homeRegions, loadConfig, loadWiring } from '../../shared/runtime/config.ts';
import { ConfigError } from '../../shared/runtime/errors.ts';

const problemsOf = (load: () => unknown): readonly string[] => {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  return [];
};

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).toEqual({
      minOrphanAgeMinutes: 30,
      auditRegions: [],
      corednsSecurityGroups: [],
      probePorts: [],
      exclusions: { clusters: [], vpcs: [] },
      cleanupMax: 100,
      cleanupRatePerSecond: 2,
    });
  });

  it.each([
    ['0', 0],
    [' 45 ', 45],
    ['10080', 10_080],
  ])('takes MIN_ORPHAN_AGE_MINUTES=%s', (text, minutes) => {
    expect(loadConfig({ MIN_ORPHAN_AGE_MINUTES: text }).minOrphanAgeMinutes).toBe(minutes);
  });

  it.each(['-1', '10081', '1.5', 'soon', '1e3', '0x10'])('refuses MIN_ORPHAN_AGE_MINUTES=%s', (text) => {
    expect(problemsOf(() => loadConfig({ MIN_ORPHAN_AGE_MINUTES: text }))).toEqual([
      expect.stringContaining(`MIN_ORPHAN_AGE_MINUTES=${text}: must be`),
    ]);
  });

  it('takes ports and security groups, each once', () => {
    expect(loadConfig({ PROBE_PORTS: '8080, 9090,8080', COREDNS_SECURITY_GROUPS: ' sg-0a1b, ' })).toMatchObject({
      probePorts: [8080, 9090],
      corednsSecurityGroups: ['sg-0a1b'],
    });
  });

  it.each([
    ['PROBE_PORTS', '0'],
    ['PROBE_PORTS', '65536'],
    ['PROBE_PORTS', '8080-8090'],
    ['PROBE_PORTS', 'http'],
    ['COREDNS_SECURITY_GROUPS', 'coredns'],
  ])('refuses %s=%s', (name, text) => {
    expect(problemsOf(() => loadConfig({ [name]: text }))).toEqual([expect.stringContaining(`${name}=${text}: must be`)]);
  });

  it('lists every problem at once', () => {
    expect(problemsOf(() => loadConfig({ MIN_ORPHAN_AGE_MINUTES: 'x', AUDIT_REGIONS: 'here' }))).toHaveLength(2);
  });

  it('audits each region once, and its own where none is stated', () => {
    expect(homeRegions({ AUDIT_REGIONS: 'eu-west-1, us-east-1,eu-west-1', AWS_REGION: 'eu-north-1' })).toEqual(['eu-west-1', 'us-east-1']);
    expect(homeRegions({ AWS_REGION: 'eu-north-1' })).toEqual(['eu-north-1']);
  });
});

describe('loadWiring', () => {
  it('names everything that the stack failed to tell', () => {
    expect(problemsOf(() => loadWiring({}))).toHaveLength(2);
  });
});
