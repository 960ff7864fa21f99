/** What a promise fails with; that it does not is a failure of the test. */
export async function failure(of: Promise<unknown>): Promise<Error> {
  const error: unknown = await of.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error('it did not fail');
  return error;
}
