import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import type { TemplateChoice } from "./schema.ts";

/** What a profession writes on from one visit to the next; SOAP for all others. */
const byProfession: Readonly<Record<string, string>> = {
  psychologist: "dap",
  psychotherapist: "dap",
  physiotherapist: "physio-follow-up",
  dentist: "dental-treatment",
};

/** What this person wrote their last note on, while it is in use; otherwise what their profession uses. */
export async function usualTemplate(db: Db, ctx: ClinicContext): Promise<TemplateChoice> {
  const last = await db.note.findFirst({
    where: { clinicId: ctx.clinic.id, authorId: ctx.user.id, amendsId: null },
    orderBy: { id: "desc" },
    select: { questionnaireRef: { select: { ofRef: { select: { id: true, shippedKey: true, status: true } } } } },
  });
  const used = last?.questionnaireRef.ofRef;
  if (used?.status === "active") return used.shippedKey ? { shipped: used.shippedKey } : { questionnaireId: used.id };
  return { shipped: `${byProfession[ctx.membership.profession] ?? "soap"}.${ctx.locale}` };
}
