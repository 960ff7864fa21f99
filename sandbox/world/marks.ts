// The sandbox states on its own what AWS writes on its resources, so that a mistake in the program under test is not copied.
// Sources: aws/amazon-vpc-resource-controller-k8s pkg/config/type.go; aws/amazon-vpc-cni-k8s pkg/awsutils/awsutils.go.
export const OWNER = 'eks:eni:owner';
export const VRC = 'eks-vpc-resource-controller';
export const CNI = 'amazon-vpc-cni';
export const TRUNK_ID = 'vpcresources.k8s.aws/trunk-eni-id';
export const VLAN_ID = 'vpcresources.k8s.aws/vlan-id';
export const INSTANCE_ID = 'node.k8s.amazonaws.com/instance_id';
export const CLUSTER_NAME = 'cluster.k8s.amazonaws.com/name';
export const MANAGED_CLUSTER = 'eks:cluster-name';
export const AUTO_MODE_CLUSTER = 'eks:eks-cluster-name';
export const clusterTag = (name: string): string => `kubernetes.io/cluster/${name}`;

/** The cluster that tags name, in whichever way. */
export const clusterOf = (tags: Readonly<Record<string, string>>): string | undefined =>
  Object.keys(tags)
    .find((key) => key.startsWith(clusterTag('')))
    ?.slice(clusterTag('').length) ??
  tags[MANAGED_CLUSTER] ??
  tags[AUTO_MODE_CLUSTER];
