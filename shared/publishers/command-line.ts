// Names that need no quoting in any shell: every region's, and every name that EKS accepts for a cluster.
const PLAIN = /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/;

/** The command that shows it all again, with proofs; none when a name could mean something else to a shell. */
export function auditCommand(region: string, cluster: string | null): string[] {
  if (!PLAIN.test(region)) return [];
  return [`sgp-warden audit --region ${region}${cluster !== null && PLAIN.test(cluster) ? ` --cluster ${cluster}` : ''}`];
}
