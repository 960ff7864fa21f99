/** What a trigger asks for. Empty lists mean all. */
export interface AuditRequest {
  region: string;
  clusters: readonly string[];
  rules: readonly string[];
}

export interface PreflightRequest {
  region: string;
  cluster: string;
}

export interface CleanupRequest {
  region: string;
  clusters: readonly string[];
  /** At most so many in this run. */
  max: number;
}
