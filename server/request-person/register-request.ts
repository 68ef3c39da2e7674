import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { toDay } from "#server/patient/check-dates.ts";
import { registerPatient } from "#server/patient/register-patient.ts";
import { registerPatientInput } from "#server/patient/schema.ts";
import { joinRecord } from "./match-request.ts";
import { needRequest } from "./need-request.ts";
import { requestNamPlace } from "./request-nam-place.ts";
import type { RegisterRequestInput } from "./schema.ts";

/**
 * Opens a record for somebody who has none, with what they typed, and matches the request to it: one gesture, one transaction. Sent
 * twice with one id, it opens one record.
 * @throws Precondition `patient.duplicates` for records that look the same and were not shown yet, `patient.namDisagrees` when the
 *   number does not agree with the person, `request.notOpen`; Conflict `stale`; NotFound
 */
export async function registerRequest(
  ctx: ClinicContext,
  input: RegisterRequestInput,
): Promise<{ version: number; patientId: string }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id, patientId, knownDuplicates } = input;
  const key = await openClinicKey(clinicId);
  return withStaff(ctx, async (db) => {
    const settled = await db.requestPerson.findFirst({
      where: { clinicId, id, patientId, status: "matched" },
      select: { version: true },
    });
    if (settled) return { version: settled.version, patientId };
    const request = await needRequest(db, ctx, input);
    if (request.status !== "open") throw precondition("request.notOpen");
    const nam = request.namSealed ? openText(key, requestNamPlace(clinicId, id), request.namSealed) : null;
    const { familyName, givenName, language, relation, email, phone } = request;
    const base = { use: "home", rank: 1 } as const;
    // A parent's own address is not the child's: it stays with the request.
    const own = relation === "self";
    await registerPatient(
      ctx,
      registerPatientInput.parse({
        id: patientId,
        familyName,
        givenName,
        birthDate: toDay(request.birthDate),
        language,
        nam: { value: nam, expiry: null, status: nam ? "valid" : "absent", overrideReason: "" },
        contacts: [
          ...(own && email ? [{ system: "email", value: email, ...base }] : []),
          ...(own && phone ? [{ system: "phone", value: phone, ...base }] : []),
        ],
        knownDuplicates,
      }),
    );
    const { version } = await joinRecord(db, ctx, { ...input, keepContacts: false });
    return { version, patientId };
  });
}
