import type { Tags } from '../tags.ts';

export interface Nodegroup {
  name: string;
  status: string;
  subnetIds: string[];
  createdAt: string;
}

export interface Addon {
  name: string;
  version: string;
  status: 'CREATING' | 'ACTIVE' | 'CREATE_FAILED' | 'UPDATING' | 'DELETING' | 'DELETE_FAILED' | 'DEGRADED' | 'UPDATE_FAILED';
  /** Text, as it was given: JSON or YAML. */
  configurationValues?: string;
  serviceAccountRoleArn?: string;
  createdAt: string;
  modifiedAt: string;
  tags: Tags;
}

export interface Cluster {
  name: string;
  arn: string;
  status: 'CREATING' | 'ACTIVE' | 'DELETING' | 'FAILED' | 'UPDATING' | 'PENDING';
  createdAt: string;
  version: string;
  roleArn: string;
  vpcId: string;
  subnetIds: string[];
  securityGroupIds: string[];
  clusterSecurityGroupId: string;
  deletionProtection: boolean;
  nodegroups: Record<string, Nodegroup>;
  fargateProfiles: string[];
  /** By name. Without `vpc-cni` the cluster's CNI is self-managed, and EKS knows nothing of it. */
  addons: Record<string, Addon>;
  ipFamily: 'ipv4' | 'ipv6';
  /** EKS Auto Mode: `computeConfig.enabled`. */
  autoMode: boolean;
  tags: Tags;
  /** Interfaces that the controller's newest pass saw available; lost when the controller stops. */
  controllerSaw: string[];
  /** A controller that is down collects nothing, and its cluster looks alive. */
  controllerRunning: boolean;
}
