import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import type { Permission } from "#server/access/permissions.ts";
import type { CallContext } from "./context.ts";
import { describeError } from "./describe-error.ts";
import { serializeAnswer } from "./serialize-answer.ts";

/** Who may call a procedure. The attack suite enumerates these: a procedure without one does not start. */
export type Guard =
  | { readonly kind: "public" }
  | { readonly kind: "user"; readonly lockedToo?: true }
  | { readonly kind: "clinic"; readonly permission: Permission }
  | { readonly kind: "visitor" }
  | { readonly kind: "host" };

export const t = initTRPC
  .context<CallContext>()
  .meta<{ guard?: Guard }>()
  .create({
    transformer: { input: superjson, output: { serialize: serializeAnswer, deserialize: superjson.deserialize } },
    errorFormatter: ({ shape, error, ctx }) => describeError(shape, error, ctx?.requestId),
  });
