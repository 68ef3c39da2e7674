import type { RequestContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { type NewClinic, writeClinic } from "./write-clinic.ts";

interface OwnedClinic extends NewClinic {
  /** argon2id, of the password that the owner chose. */
  readonly passwordHash: string;
}

/** A new person's account, its address proved, and the clinic that it owns, in the caller's transaction as registrar. */
export async function writeOwnedClinic(
  db: Db,
  ctx: RequestContext,
  { passwordHash, ...made }: OwnedClinic,
): Promise<void> {
  const now = new Date();
  const { userId: id, email, displayName } = made.owner;
  await db.user.createMany({
    data: { id, email, emailVerifiedAt: now, displayName, locale: ctx.locale, passwordHash, passwordChangedAt: now },
  });
  await writeClinic(db, ctx, made);
}
