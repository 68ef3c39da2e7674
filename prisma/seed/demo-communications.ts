import { sayReason } from "#server/chart/say-reason.ts";
import { sendInput, tellInput } from "#server/communication/schema.ts";
import { sendDocuments } from "#server/communication/send-documents.ts";
import { tell } from "#server/communication/tell.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";

const care = { purpose: "care", ground: "care", language: "fr" } as const;
const ways = [
  {
    channel: "fax",
    contact: "418 555-0142",
    recipient: { kind: "other", name: "Dre Catherine Lemay, cardiologie" },
    ...care,
  },
  {
    channel: "link",
    contact: "cabinet.morin@radiologie.example",
    recipient: { kind: "other", name: "Dr Luc Morin, radiologie" },
    ...care,
  },
  {
    channel: "mail",
    contact: "Assurance du Parc, 120, rue Saint-Paul, Québec",
    recipient: { kind: "other", name: "Assurance du Parc" },
    purpose: "insurer",
    ground: "consent",
    language: "fr",
  },
  { channel: "hand", recipient: { kind: "patient" }, purpose: "patient-request", ground: "consent", language: "fr" },
] as const;

/** What left the charts of a clinic this month: some of it still to be faxed or opened. */
export async function plantCommunications(ctx: ClinicContext): Promise<void> {
  const documents = await withStaff(ctx, (db) =>
    db.document.findMany({
      where: { clinicId: ctx.clinic.id, status: { in: ["filed", "reviewed"] } },
      orderBy: { id: "asc" },
      take: 6,
      select: { id: true, patientId: true },
    }),
  );
  for (const [at, { id, patientId }] of documents.entries()) {
    const way = ways[at % ways.length];
    if (!patientId || !way) continue;
    await sayReason(ctx, { id: newId(), patientId, reason: "patient-asked", note: "" });
    await sendDocuments(ctx, sendInput.parse({ id: newId(), patientId, documentIds: [id], ...way }));
  }
  const [first] = documents;
  if (!first?.patientId) return;
  await tell(
    ctx,
    tellInput.parse({
      id: newId(),
      patientId: first.patientId,
      channel: "telephone",
      contact: "418 555-0177",
      nature: "Liste des médicaments actuels",
      occurredAt: new Date(Date.now() - 3 * 86_400_000),
      recipient: { kind: "other", name: "Pharmacie du Vieux-Limoilou" },
      ...care,
    }),
  );
}
