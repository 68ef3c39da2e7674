import type { Permission } from "#server/access/permissions.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordRefusal } from "#server/audit/record-refusal.ts";
import type { UserContext } from "#server/context.ts";
import { BusyError, DomainError } from "#server/errors.ts";
import { addressKey, consumeLocalLimit } from "#server/limit/consume-limit.ts";
import { toTrpcError } from "./describe-error.ts";
import { identifyMember, identifyOperator, identifyUser, identifyVisitor } from "./identify.ts";
import { t } from "./init.ts";

/** Each change counts, inside a batch or not. Reads are bounded by their pages, and by limits of their own where they search. */
async function counted<C extends UserContext>(ctx: C, type: "query" | "mutation" | "subscription"): Promise<C> {
  if (type === "mutation") await consumeLocalLimit("session-change", ctx.session.id);
  return ctx;
}

/** The four doors of a procedure, errors mapped once. Every procedure is one of these and says so in its `meta`. */
const base = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  throw toTrpcError(cause instanceof DomainError || cause instanceof BusyError ? cause : result.error);
});

/** Anybody: must reveal nothing, and count its callers. */
export const publicProcedure = base.meta({ guard: { kind: "public" } }).use(async ({ ctx, next }) => {
  await consumeLocalLimit("public-call", addressKey(ctx.origin.address));
  return next();
});

/** Whoever reads a clinic's public page, with the token of their hold or visit if they have one. Counts its callers. */
export const visitorProcedure = base.meta({ guard: { kind: "visitor" } }).use(async ({ ctx, next }) => {
  await consumeLocalLimit("public-call", addressKey(ctx.origin.address));
  return next({ ctx: await identifyVisitor(ctx) });
});

/** A signed-in, unlocked person, in no clinic. */
export const userProcedure = base
  .meta({ guard: { kind: "user" } })
  .use(async ({ ctx, next, type }) => next({ ctx: await counted(await identifyUser(ctx, false), type) }));

/** A signed-in person whose session may be locked: unlocking and signing out, nothing else. */
export const lockedUserProcedure = base
  .meta({ guard: { kind: "user", lockedToo: true } })
  .use(async ({ ctx, next, type }) => next({ ctx: await counted(await identifyUser(ctx, true), type) }));

/** A member of the route's clinic who holds `permission`. A refusal is journaled in a transaction of its own. */
export const clinicProcedure = (permission: Permission) =>
  base.meta({ guard: { kind: "clinic", permission } }).use(async ({ ctx, next, path, type }) => {
    const member = await counted(await identifyMember(ctx), type);
    try {
      requirePermission(member, permission);
    } catch (error) {
      await recordRefusal(member, permission, path);
      throw error;
    }
    return next({ ctx: member });
  });

/** The host's operator, with a second factor. */
export const hostProcedure = base
  .meta({ guard: { kind: "host" } })
  .use(async ({ ctx, next, type }) => next({ ctx: await counted(await identifyOperator(ctx), type) }));
