const SCOPE = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;

/** Who calls which service in which region: what a SigV4 signature says of itself. The signature is not verified. */
export function scopeOf(authorization: string | undefined): { accessKeyId: string; region: string; service: string } | undefined {
  const [, accessKeyId, region, service] = SCOPE.exec(authorization ?? '') ?? [];
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}
