/** Settings or usage that cannot be accepted; lists every problem at once. The CLI exits with 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}

/** An answer that lacks what the service always sends: a proxy's page, a cut body. Never to be taken for an empty one. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}
