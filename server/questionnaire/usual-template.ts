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

/** So many of the last notes say what is usual: one that was written otherwise, for once, does not. */
const looked = 5;

/** What this person wrote most of their last notes on, the latest among equals, while it is in use; otherwise what their profession uses. */
export async function usualTemplate(db: Db, ctx: ClinicContext): Promise<TemplateChoice> {
  const notes = await db.note.findMany({
    where: { clinicId: ctx.clinic.id, authorId: ctx.user.id, amendsId: null },
    orderBy: { id: "desc" },
    take: looked,
    select: { questionnaireRef: { select: { ofRef: { select: { id: true, shippedKey: true, status: true } } } } },
  });
  const used = notes.map(({ questionnaireRef }) => questionnaireRef.ofRef).filter(({ status }) => status === "active");
  const times = (id: string) => used.filter((one) => one.id === id).length;
  const usual = used.reduce<(typeof used)[number] | undefined>(
    (best, one) => (best && times(best.id) >= times(one.id) ? best : one),
    undefined,
  );
  // A shipped one is read in the language of the screen, whatever language the last notes were written in.
  if (usual?.shippedKey) return { shipped: usual.shippedKey.replace(/[^.]+$/, ctx.locale) };
  if (usual) return { questionnaireId: usual.id };
  return { shipped: `${byProfession[ctx.membership.profession] ?? "soap"}.${ctx.locale}` };
}
