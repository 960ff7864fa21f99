export type Tags = Readonly<Record<string, string>>;

/** What the rules need of an EC2 network interface; everything else is dropped as each page arrives. */
export interface NetworkInterface {
  id: string;
  description: string;
  status: string;
  interfaceType: string;
  ownerId: string;
  /** `undefined` when EC2 did not say. */
  requesterManaged: boolean | undefined;
  /** The AWS service that operates it (EKS Auto Mode), when one does. */
  operator: string | undefined;
  vpcId: string;
  subnetId: string;
  availabilityZone: string;
  groups: readonly SecurityGroupName[];
  privateIpAddresses: readonly string[];
  ipv6Addresses: readonly string[];
  /** Delegated IPv4 and IPv6 prefixes in CIDR notation. */
  prefixes: readonly string[];
  attachment: { instanceId: string | undefined; status: string } | undefined;
  tags: Tags;
}

export interface SecurityGroupName {
  id: string;
  name: string;
}
