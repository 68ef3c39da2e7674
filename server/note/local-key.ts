import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { blindIndex } from "#server/crypto/blind-index.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";

/**
 * The key under which this person's browser keeps what it could not send yet. It is made from the clinic's own key, the person and a salt that
 * the browser made and stores beside what it encrypted: nothing that stays in the browser opens it, only this person signed in, through this
 * call; and a browser that forgets its salt (at sign-out) can open it no more.
 * @returns 32 bytes in base64url
 */
export async function localKey(ctx: ClinicContext, { salt }: { salt: string }): Promise<{ key: string }> {
  requirePermission(ctx, "chart:write");
  const digest = blindIndex(await openClinicKey(ctx.clinic.id), "note.local-key", `${ctx.user.id} ${salt}`);
  return { key: Buffer.from(digest).toString("base64url") };
}
