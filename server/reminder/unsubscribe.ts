import { findClinic } from "#server/clinic/find-clinic.ts";
import type { RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { tokenHash } from "./contact-hash.ts";
import { withdrawContact } from "./jobs.ts";

/**
 * Takes a person at their word that they want no more mail: by the button of a page, or by the mailbox's own (RFC 8058). A token that opens nothing
 * is answered alike, so that nobody learns from it who is known here.
 */
export async function unsubscribe(
  ctx: RequestContext,
  { slug, token }: { slug: string; token: string },
): Promise<void> {
  const clinic = await findClinic(ctx, slug);
  if (!clinic) return;
  const hash = tokenHash(token);
  await withAuth({ clinicId: clinic.id, tokenHash: hash }, ctx, async (db) => {
    const [link] = await db.$queryRaw<{ id: string }[]>`
      select id from queue.contact_link where clinic_id = ${clinic.id}::uuid and token_hash = ${hash}`;
    if (link) await enqueue(db, withdrawContact, { standingId: link.id }, { clinicId: clinic.id });
  });
}
