import { type ErrorView, viewError } from "#server/trpc/describe-error.ts";

/** What the browser is told of a refusal, a malformed input's fields included. */
export async function told(call: Promise<unknown>): Promise<ErrorView> {
  const error = await call.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!error) throw new Error("the call was not refused");
  return viewError(error);
}
