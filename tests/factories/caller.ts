import { createCaller } from "#server/trpc/router.ts";
import { requestContext, type TestClinic, type TestMember } from "./clinic.ts";

/** Calls procedures as the browser of a member does: a cookie, and the clinic from the address. */
export function callerOf(member: Pick<TestMember, "token">, clinic?: Pick<TestClinic, "slug">) {
  return createCaller({
    ...requestContext(),
    cookie: () => member.token,
    background: false,
    ...(clinic ? { clinicSlug: clinic.slug } : {}),
  });
}

/** What the browser is told of a refusal: `await refusal(caller.x.y())`. */
export async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  const cause = (error as { cause?: Told } | undefined)?.cause;
  if (!cause) throw new Error("the call was not refused");
  const { code, key, fields, details } = cause;
  return { code, key, fields, details };
}

interface Told {
  code: string;
  key: string;
  fields: Record<string, string>;
  details: Record<string, unknown>;
}
