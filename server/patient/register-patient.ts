import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError, precondition } from "#server/errors.ts";
import { checkDates, toDate } from "./check-dates.ts";
import { checkProviders } from "./check-providers.ts";
import { searchText } from "./fold-name.ts";
import { groundOf } from "./ground.ts";
import { type Likeness, likeRecords } from "./like-records.ts";
import { nextFileNumber } from "./next-file-number.ts";
import { normaliseContact } from "./normalise-contact.ts";
import { normaliseRelatedPerson } from "./normalise-related-person.ts";
import { type PatientView, readRecord } from "./record.ts";
import type { RegisterPatientInput } from "./schema.ts";
import { sealNam } from "./seal-nam.ts";
import { todayIn } from "./today.ts";

/**
 * Opens a patient's record. The same form sent twice (same id, same author) gives the same record.
 * @throws Precondition `patient.duplicates` (details: ids) for records that look the same and were not shown yet;
 *   Precondition `patient.namDisagrees`; Invalid beside the field
 */
export async function registerPatient(ctx: ClinicContext, input: RegisterPatientInput): Promise<PatientView> {
  requirePermission(ctx, "patient:write");
  const id = input.id ?? newId();
  const row = await composeRow(ctx, id, input);
  const contacts = input.contacts.map((contact, at) => normaliseContact(contact, `contacts.${at}`));
  const related = input.relatedPersons.map((person, at) => normaliseRelatedPerson(person, `relatedPersons.${at}`));
  const theirs = { clinicId: ctx.clinic.id, patientId: id, authorId: ctx.user.id };
  try {
    return await withStaff(ctx, async (db) => {
      await checkProviders(db, ctx.clinic.id, row);
      const phones = contacts.filter(isNumber).map(({ normalised }) => normalised);
      const namHash = row.namStatus === "newborn-on-parent" ? null : row.namHash;
      await refuseUnseenDoubles(db, ctx, { ...input, namHash, phones, except: id }, input.knownDuplicates);
      await db.patient.createMany({
        data: { ...row, ...theirs, id, fileNumber: await nextFileNumber(db, ctx.clinic.id) },
      });
      await db.patientContact.createMany({ data: contacts.map((one) => ({ ...theirs, id: newId(), ...one })) });
      await db.relatedPerson.createMany({ data: related.map((one) => ({ ...theirs, id: newId(), ...one })) });
      await recordAudit(db, ctx, {
        event: "patient.registered",
        action: "C",
        entity: "Patient",
        entityIds: [id],
        patientId: id,
        ground: groundOf(ctx),
      });
      return readRecord(db, ctx.clinic.id, id);
    });
  } catch (error) {
    const twice = error instanceof DomainError && error.key === "alreadyExists";
    if (!twice) throw error;
    return readOwnEarlier(ctx, id, error);
  }
}

async function composeRow(ctx: ClinicContext, id: string, input: RegisterPatientInput) {
  const { familyName, givenName, birthFamilyName, preferredName, birthDate, deceasedOn } = input;
  const { sex, gender, pronouns, language, familyDoctorId, pharmacyId } = input;
  const today = todayIn(ctx.clinic.timeZone);
  checkDates(input, today);
  // Before the transaction: the key may come from a disk or a network.
  const nam = sealNam(await openClinicKey(ctx.clinic.id), id, input.nam, input, today);
  const names = { familyName, givenName, birthFamilyName, preferredName };
  return {
    ...names,
    ...nam,
    birthDate: toDate(birthDate),
    deceasedOn: toDate(deceasedOn),
    sex,
    gender,
    pronouns,
    language,
    familyDoctorId,
    pharmacyId,
    searchText: searchText(names),
  };
}

const isNumber = ({ system }: { system: string }) => system === "phone" || system === "sms";

async function refuseUnseenDoubles(
  db: Db,
  ctx: ClinicContext,
  likeness: Likeness,
  shown: readonly string[],
): Promise<void> {
  const doubles = await likeRecords(db, ctx.clinic.id, likeness);
  const unseen = doubles.filter(({ id, likely }) => likely && !shown.includes(id));
  if (unseen.length > 0) throw precondition("patient.duplicates", { ids: unseen.map((double) => double.id) });
}

/** The double click: the first one registered this very id. Anybody else's id stays a conflict. */
function readOwnEarlier(ctx: ClinicContext, id: string, conflict: DomainError): Promise<PatientView> {
  return withStaff(ctx, async (db) => {
    const own = await db.patient.findFirst({
      where: { clinicId: ctx.clinic.id, id, authorId: ctx.user.id },
      select: { id: true },
    });
    if (!own) throw conflict;
    return readRecord(db, ctx.clinic.id, id);
  });
}
