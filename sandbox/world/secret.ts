/** A secret with its current value only: who asks for an earlier one finds none. */
export interface Secret {
  name: string;
  /** Ends with six characters that Secrets Manager chose, so that a secret of the same name later is another. */
  arn: string;
  text: string;
  versionId: string;
  /** When this version was put, in milliseconds of the sandbox's clock. */
  createdAt: number;
}
