import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, notFound, precondition } from "#server/errors.ts";
import { readLetterhead } from "#server/location/read-letterhead.ts";
import { missingParts } from "#server/medication/posology.ts";
import { groundOf } from "#server/patient/ground.ts";
import { namPlace } from "#server/patient/seal-nam.ts";
import { practitionerName } from "#server/practitioner/practitioner-name.ts";
import { readOwnSignature } from "#server/practitioner/read-own-signature.ts";
import { openRecord } from "#server/record-entry/open-record.ts";
import { readListed } from "./read-listed.ts";
import { namPlaceOf, prescriptionSelect, type SignedContent } from "./record.ts";
import type { PrescriptionItem, SignPrescriptionInput } from "./schema.ts";
import { withdrawPaper } from "./withdraw-paper.ts";

/**
 * Signs what was prepared: numbered without a gap, frozen with all that is printed, and the patient's list follows in the same transaction,
 * so that nothing prescribed can be missing from it, and nothing stopped meanwhile is taken again unless the signer says so (`restarts`). Asked twice, by two windows or by a double click, it is signed once and both are told
 * the same number.
 * @throws Invalid naming what each item lacks; Precondition `prescription.noCard`, `prescription.permitMissing`; Conflict `stale`, `prescription.ended`; NotFound
 */
export async function signPrescription(
  ctx: ClinicContext,
  { id, version, restarts }: SignPrescriptionInput,
  now = new Date(),
): Promise<{ id: string; number: string; version: number }> {
  requirePermission(ctx, "chart:prescribe");
  const clinicId = ctx.clinic.id;
  const key = await openClinicKey(clinicId);
  const signature = await readOwnSignature(ctx);
  return withStaff(ctx, async (db) => {
    await db.$queryRaw`select 1 from clinic.prescription p where p.clinic_id = ${clinicId}::uuid and p.id = ${id}::uuid for update`;
    const row = await db.prescription.findFirst({
      where: { clinicId, id },
      select: { ...prescriptionSelect, patientId: true, signedBy: true, replacesId: true },
    });
    if (!row) throw notFound();
    if (row.status === "signed" && row.signedBy === ctx.user.id && row.version === version + 1)
      return { id, number: (row.content as unknown as SignedContent).number, version: row.version };
    const { patientId, replacesId, signedBy: _signedBy, ...shown } = row;
    if (row.status !== "prepared" || row.version !== version) throw await refuseStale(db, ctx, id, shown);
    const { items } = row.content as unknown as { items: PrescriptionItem[] };
    const { today } = await openRecord(db, ctx, patientId, { alone: true });
    refuseIncomplete(items);
    const listed = await readListed(db, ctx, patientId, items, restarts);
    const prescriber = await readPrescriber(db, ctx);
    const patient = await readPatient(db, clinicId, patientId);
    const clinic = await readLetterhead(db, ctx);
    const replaces = replacesId && (await replace(db, clinicId, replacesId));
    if (replacesId) await withdrawPaper(db, ctx, { id: replacesId, patientId, reason: "" });
    const number = await nextNumber(db, clinicId);
    const content: SignedContent = {
      form: 1,
      number: `${today.slice(0, 4)}-${String(number).padStart(6, "0")}`,
      signedOn: today,
      signedAt: now.toISOString(),
      replaces,
      language: patient.language === "en" ? "en" : "fr",
      clinic,
      prescriber: { ...prescriber.shown, phone: clinic.phone, signature },
      patient: {
        name: `${patient.givenName} ${patient.familyName}`,
        birthDate: patient.birthDate?.toISOString().slice(0, 10) ?? null,
        fileNumber: patient.fileNumber,
      },
      items,
    };
    await writeList(db, ctx, { patientId, items, listed, today });
    await db.medicationRequest.createMany({
      data: items.map(({ replaces: _replaces, ...item }, at) => ({
        clinicId,
        id: newId(),
        patientId,
        authorId: ctx.user.id,
        prescriptionId: id,
        nth: at + 1,
        ...item,
      })),
    });
    await db.prescription.updateMany({
      where: { clinicId, id, version },
      data: {
        status: "signed",
        number,
        content: content as object,
        namSealed: resealNam(key, patientId, id, patient.namSealed),
        practitionerId: prescriber.id,
        signedBy: ctx.user.id,
        signedAt: now,
        version: version + 1,
      },
    });
    await recordAudit(db, ctx, {
      event: "prescription.signed",
      action: "U",
      entity: "Prescription",
      entityIds: [id, ...items.map(({ medicationId }) => medicationId)],
      patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1, number },
    });
    return { id, number: content.number, version: version + 1 };
  });
}

function refuseIncomplete(items: readonly PrescriptionItem[]): void {
  const lacking = items.flatMap((item, at) =>
    missingParts(item).map((part) => [`items.${at}.${part}`, "medication.missing"]),
  );
  if (lacking.length > 0) throw invalid("prescription.incomplete", Object.fromEntries(lacking));
}

async function readPrescriber(db: Db, ctx: ClinicContext) {
  const practitioner = await db.practitioner.findFirst({
    where: { clinicId: ctx.clinic.id, membershipId: ctx.membership.id, status: "active" },
  });
  if (!practitioner) throw precondition("prescription.noCard");
  const { id, profession, permitNumber, signatureLine } = practitioner;
  // M-9, r. 25.1: without its number the paper is no prescription.
  if (permitNumber === "") throw precondition("prescription.permitMissing");
  return { id, shown: { name: practitionerName(practitioner), profession, permitNumber, signatureLine } };
}

function readPatient(db: Db, clinicId: string, id: string) {
  return db.patient.findFirstOrThrow({
    where: { clinicId, id },
    select: { givenName: true, familyName: true, birthDate: true, fileNumber: true, language: true, namSealed: true },
  });
}

/** @returns the number of the one that gives way */
async function replace(db: Db, clinicId: string, id: string): Promise<string> {
  const before = await db.prescription.findFirst({
    where: { clinicId, id },
    select: { status: true, version: true, content: true },
  });
  if (!before) throw notFound();
  const { count } = await db.prescription.updateMany({
    where: { clinicId, id, status: "signed", version: before.version },
    data: { status: "replaced", version: before.version + 1 },
  });
  if (count === 0) throw precondition("prescription.notSigned");
  return (before.content as unknown as SignedContent).number;
}

/** Two who sign wait for each other here; what is not signed after all gives its number back with its transaction. */
async function nextNumber(db: Db, clinicId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ value: bigint }[]>`
    insert into clinic.counter (clinic_id, name, value) values (${clinicId}::uuid, 'prescription', 1)
    on conflict (clinic_id, name) do update set value = clinic.counter.value + 1
    returning value`;
  return Number(row?.value);
}

/** What is prescribed is what is taken: new drugs join the list, renewed ones stay active with what was written now. */
async function writeList(
  db: Db,
  ctx: ClinicContext,
  {
    patientId,
    items,
    listed,
    today,
  }: {
    patientId: string;
    items: readonly PrescriptionItem[];
    listed: Awaited<ReturnType<typeof readListed>>;
    today: string;
  },
) {
  const clinicId = ctx.clinic.id;
  for (const { medicationId, replaces: _replaces, ...item } of items) {
    const days = (item.durationDays ?? 1) * ((item.repeats ?? 0) + 1);
    const coveredUntil = new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000);
    const taken = { ...item, prescribedOn: new Date(today), coveredUntil };
    const before = listed.find(({ id }) => id === medicationId);
    if (!before) {
      await db.medication.createMany({
        data: { clinicId, id: medicationId, patientId, authorId: ctx.user.id, started: today, ...taken },
      });
      continue;
    }
    await db.medication.updateMany({
      where: { clinicId, id: medicationId, version: before.version },
      data: { ...taken, status: "active", stopped: "", stopReason: "", version: before.version + 1 },
    });
  }
}

function resealNam(key: ClinicKey, patientId: string, id: string, sealed: Uint8Array | null) {
  if (!sealed) return null;
  return sealValue(key, namPlaceOf(key.id, id), openText(key, namPlace(key.id, patientId), sealed));
}
