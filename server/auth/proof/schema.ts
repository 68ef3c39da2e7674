import { z } from "zod";
import { assertion } from "../passkey/schema.ts";
import { typedPassword } from "../password/schema.ts";

/** Proving again who one is, in place: a password, a passkey, or a code of the application. */
export const proof = z.union([
  z.strictObject({ password: typedPassword }),
  z.strictObject({ assertion }),
  z.strictObject({ code: z.string().max(20) }),
]);
export type Proof = z.output<typeof proof>;
