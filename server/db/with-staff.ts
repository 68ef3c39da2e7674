import type { ClinicContext, SystemContext } from "#server/context.ts";
import { type Database, type Db, database } from "./database.ts";
import type { Entry } from "./entry.ts";

/**
 * One transaction as staff of the context's clinic: the person who asks, or the worker acting for that clinic.
 * @throws NotFound when the person is no longer an active member.
 */
export function withStaff<T>(ctx: ClinicContext | SystemContext, work: (db: Db) => Promise<T>): Promise<T> {
  return staffDatabase(ctx).transact(staffEntry(ctx), work);
}

export function staffDatabase(ctx: ClinicContext | SystemContext): Database {
  return database("job" in ctx ? "worker" : "web");
}

export function staffEntry(ctx: ClinicContext | SystemContext): Entry {
  if (!("job" in ctx)) {
    return {
      role: "staff",
      clinicId: ctx.clinic.id,
      userId: ctx.user.id,
      requestId: ctx.requestId,
      breakGlassId: ctx.breakGlassId,
    };
  }
  if (!ctx.clinicId) throw new Error(`job ${ctx.job} asked for a clinic's rows without a clinic`);
  return { role: "staff", clinicId: ctx.clinicId, requestId: ctx.requestId, userId: ctx.forUserId };
}
