import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import type { ConsentMode, ConsentPurpose, listConsentsInput } from "./schema.ts";

export interface ConsentRecord {
  readonly id: string;
  readonly purpose: ConsentPurpose;
  readonly decision: "permit" | "deny";
  readonly scope: string;
  readonly mode: ConsentMode;
  readonly givenByName: string;
  /** Of the member who took it. */
  readonly takenByName: string;
  /** `YYYY-MM-DD`, as the others. */
  readonly takenOn: string;
  readonly textVersion: string;
  readonly expiresOn: string | null;
  readonly withdrawnOn: string | null;
  readonly withdrawnMode: ConsentMode | null;
  readonly withdrawnReason: string;
  /** Whether it holds today. */
  readonly state: "active" | "expired" | "withdrawn";
  readonly version: number;
}

/** All that a person agreed to or refused, the newest first; at most 200. @throws NotFound */
export async function listConsents(
  ctx: ClinicContext,
  { patientId }: z.output<typeof listConsentsInput>,
): Promise<ConsentRecord[]> {
  requirePermission(ctx, "patient:read");
  const clinicId = ctx.clinic.id;
  const { timeZone } = ctx.clinic;
  const today = todayIn(timeZone);
  return withStaff(ctx, async (db) => {
    const patient = await db.patient.findFirst({ where: { clinicId, id: patientId }, select: { id: true } });
    if (!patient) throw notFound();
    const rows = await db.$queryRaw<ConsentRecord[]>`
      select c.id, c.purpose, c.decision, c.scope, c.mode, c.given_by_name as "givenByName", coalesce(m.display_name, '') as "takenByName",
        (c.taken_at at time zone ${timeZone})::date::text as "takenOn", c.text_version as "textVersion", c.expires_on::text as "expiresOn",
        (c.withdrawn_at at time zone ${timeZone})::date::text as "withdrawnOn", c.withdrawn_mode as "withdrawnMode", c.withdrawn_reason as "withdrawnReason",
        case when c.withdrawn_at is not null then 'withdrawn' when c.expires_on < ${today}::date then 'expired' else 'active' end as state, c.version
      from clinic.consent c
      left join identity.membership m on m.clinic_id = c.clinic_id and m.user_id = c.taken_by
      where c.clinic_id = ${clinicId}::uuid and c.patient_id = ${patientId}::uuid
      order by c.taken_at desc, c.id desc limit 200`;
    await recordRead(
      db,
      ctx,
      {
        event: "consent.listed",
        entity: "Consent",
        entityIds: rows.map(({ id }) => id),
        patientId,
        ground: groundOf(ctx),
      },
      { refresh: true },
    );
    return rows;
  });
}
