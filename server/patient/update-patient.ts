import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import type { Patient } from "#server/db/generated/client.ts";
import { notFound } from "#server/errors.ts";
import { changeRecord } from "./change-record.ts";
import { checkDates, toDate, toDay } from "./check-dates.ts";
import { checkProviders } from "./check-providers.ts";
import { searchText } from "./fold-name.ts";
import type { PatientView } from "./record.ts";
import { requireLive } from "./require-live-patient.ts";
import type { NamStatus, UpdatePatientInput } from "./schema.ts";
import { type NamColumns, namPlace, sealNam } from "./seal-nam.ts";
import { staleRecord } from "./stale-record.ts";
import { todayIn } from "./today.ts";

/**
 * Changes a patient's identity, from the version that was on the screen.
 * @throws Conflict `stale` with the record as it is now (StaleDetails); Precondition `patient.namDisagrees` also when a new
 *   name or birth date no longer agrees with the NAM; NotFound
 */
export async function updatePatient(ctx: ClinicContext, input: UpdatePatientInput): Promise<PatientView> {
  requirePermission(ctx, "patient:write");
  const { id, version, changes } = input;
  const clinicId = ctx.clinic.id;
  const key = await openClinicKey(clinicId);
  return changeRecord(ctx, async (db) => {
    const before = await db.patient.findFirst({ where: { clinicId, id } });
    if (!before) throw notFound();
    requireLive(before);
    if (before.version !== version) return staleRecord(db, ctx, id);
    await checkProviders(db, clinicId, changes, "changes.");
    const data = compose(key, before, changes, todayIn(ctx.clinic.timeZone));
    const { count } = await db.patient.updateMany({
      where: { clinicId, id, version },
      data: { ...data, version: { increment: 1 } },
    });
    if (count === 0) return staleRecord(db, ctx, id);
    const detail = { version: version + 1, fields: Object.keys(changes) };
    return { patientId: id, event: "patient.updated", action: "U", entity: "Patient", entityId: id, detail };
  });
}

type Changes = UpdatePatientInput["changes"];

const asInput = (before: Patient) => ({
  familyName: before.familyName,
  givenName: before.givenName,
  birthFamilyName: before.birthFamilyName,
  preferredName: before.preferredName,
  birthDate: toDay(before.birthDate),
  deceasedOn: toDay(before.deceasedOn),
  sex: before.sex,
  gender: before.gender,
  pronouns: before.pronouns,
  familyDoctorId: before.familyDoctorId,
  pharmacyId: before.pharmacyId,
  language: before.language,
  status: before.status,
});

function compose(key: ClinicKey, before: Patient, { nam, ...identity }: Changes, today: string) {
  const given = Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== undefined));
  const after: ReturnType<typeof asInput> = { ...asInput(before), ...given };
  checkDates(after, today, "changes.");
  return {
    ...after,
    birthDate: toDate(after.birthDate),
    deceasedOn: toDate(after.deceasedOn),
    searchText: searchText(after),
    ...composeNam(key, before, after, nam, today),
  };
}

const describing = ["familyName", "givenName", "birthFamilyName", "birthDate", "sex"] as const;

/** The NAM is checked again when it changes, and when what it must agree with changes. */
function composeNam(
  key: ClinicKey,
  before: Patient,
  after: ReturnType<typeof asInput>,
  nam: Changes["nam"],
  today: string,
): NamColumns | Record<string, never> {
  const was = asInput(before);
  if (!nam && (!before.namSealed || describing.every((field) => was[field] === after[field]))) return {};
  const kept = before.namSealed ? openText(key, namPlace(before.clinicId, before.id), before.namSealed) : null;
  const input = nam
    ? { ...nam, value: nam.value === undefined ? kept : nam.value }
    : {
        value: kept,
        expiry: toDay(before.namExpiry)?.slice(0, 7) ?? null,
        status: before.namStatus as NamStatus,
        overrideReason: before.namOverrideReason,
      };
  return sealNam(key, before.id, input, after, today, "changes.nam");
}
