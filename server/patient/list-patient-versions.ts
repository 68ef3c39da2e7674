import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "./ground.ts";
import { maskNam } from "./nam.ts";
import type { PatientView } from "./record.ts";
import type { listVersionsInput } from "./schema.ts";

/** What a patient's identity was, until when, and who replaced it. */
export interface PatientVersion {
  readonly version: number;
  readonly validUntil: Date;
  /** User id; null for the worker. */
  readonly replacedBy: string | null;
  readonly content: Omit<
    PatientView,
    | "id"
    | "displayName"
    | "version"
    | "createdAt"
    | "lastUpdated"
    | "contacts"
    | "relatedPersons"
    | "alerts"
    | "familyDoctor"
    | "pharmacy"
    | "photoFileId"
    | "mergedInto"
  >;
}

/** Earlier versions of a patient's identity, newest first. @throws NotFound */
export async function listPatientVersions(
  ctx: ClinicContext,
  { id, before, limit }: z.output<typeof listVersionsInput>,
): Promise<PatientVersion[]> {
  requirePermission(ctx, "patient:read");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const patient = await db.patient.findFirst({ where: { clinicId, id }, select: { id: true } });
    if (!patient) throw notFound();
    const rows = await db.recordVersion.findMany({
      where: { clinicId, entity: "patient", entityId: id, ...(before && { version: { lt: before } }) },
      orderBy: { version: "desc" },
      take: limit,
    });
    await recordAudit(db, ctx, {
      event: "patient.versions-read",
      action: "R",
      entity: "Patient",
      entityIds: [id],
      patientId: id,
      ground: groundOf(ctx),
      detail: { versions: rows.map(({ version }) => String(version)) },
    });
    return rows.map(({ version, validUntil, replacedBy, content }) => ({
      version,
      validUntil,
      replacedBy,
      content: viewContent(content as unknown as Content),
    }));
  });
}

/** A row of clinic.patient as the trigger kept it. */
interface Content {
  file_number: string;
  family_name: string;
  given_name: string;
  birth_family_name: string;
  preferred_name: string;
  birth_date: string | null;
  /** Before 2026-11-24 the column was called gender. */
  sex?: PatientView["sex"];
  gender: string | null;
  pronouns?: string;
  language: PatientView["language"];
  nam_last2: string | null;
  nam_status: PatientView["namStatus"];
  nam_expiry: string | null;
  nam_override_reason: string;
  deceased_on: string | null;
  status: PatientView["status"];
  status_reason: string;
}

function viewContent(content: Content): PatientVersion["content"] {
  return {
    fileNumber: content.file_number,
    familyName: content.family_name,
    givenName: content.given_name,
    birthFamilyName: content.birth_family_name,
    preferredName: content.preferred_name,
    birthDate: content.birth_date,
    ...readSex(content),
    language: content.language,
    namMasked: content.nam_last2 && maskNam(content.nam_last2),
    namStatus: content.nam_status,
    namExpiry: content.nam_expiry?.slice(0, 7) ?? null,
    namOverrideReason: content.nam_override_reason,
    deceasedOn: content.deceased_on,
    status: content.status,
    statusReason: content.status_reason,
  };
}

/** A version kept before sex and gender were told apart holds the sex under the other name. */
function readSex({ sex, gender, pronouns }: Content): Pick<PatientView, "sex" | "gender" | "pronouns"> {
  if (sex === undefined) return { sex: gender as PatientView["sex"], gender: "", pronouns: "" };
  return { sex, gender: gender ?? "", pronouns: pronouns ?? "" };
}
