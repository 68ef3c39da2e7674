import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { recordRead } from "#server/audit/record-read.ts";
import { byteOrderMark, toCsv } from "#server/audit/to-csv.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { RegisterLine } from "./record.ts";
import { registerColumns } from "./register-columns.ts";
import type { ListRegisterInput, RegisterFilter } from "./schema.ts";

/** Rows of one transaction of an export. */
const exportPage = 500;
/** Without it, Excel takes UTF-8 for something else and « é » for two letters. */

/**
 * The clinic's register of communications (AC-23; LRSSS s. 265), the latest first, a page at a time: kind of information, to whom, why and on what
 * ground. Communications to the patient are left out unless they are asked for. What a restriction closes to this reader is not here.
 */
export async function listRegister(
  ctx: ClinicContext,
  { refresh, ...input }: ListRegisterInput,
): Promise<{ rows: RegisterLine[]; after: string | null }> {
  requirePermission(ctx, "privacy:manage");
  return withStaff(ctx, async (db) => {
    const rows = await readLines(db, ctx, input, input.after, input.most + 1);
    const page = rows.slice(0, input.most);
    if (page.length > 0)
      await recordRead(
        db,
        ctx,
        { event: "communication.register-read", entity: "Communication", entityIds: page.map(({ id }) => id) },
        { refresh },
      );
    return { rows: page, after: rows.length > input.most ? (page.at(-1)?.id ?? null) : null };
  });
}

/**
 * The register as CSV under the same filter, page by page, each in a transaction of its own. **The export is journaled before its first line.**
 * @throws Forbidden, before anything is written
 */
export async function* exportRegister(ctx: ClinicContext, filter: RegisterFilter): AsyncGenerator<string> {
  requirePermission(ctx, "privacy:manage");
  const { patientId, recipient, from = null, until = null, withPatient } = filter;
  await withStaff(ctx, (db) =>
    recordAudit(db, ctx, {
      event: "communication.register-exported",
      action: "E",
      entity: "Communication",
      ...(patientId && { patientId }),
      // What was typed of a name is a name: only that something was.
      detail: { from, until, withPatient, byRecipient: recipient !== "" },
    }),
  );
  yield byteOrderMark + toCsv(ctx.locale, [registerColumns.map(({ head }) => head[ctx.locale])]);
  for (let after: string | undefined; ; ) {
    const rows = await withStaff(ctx, (db) => readLines(db, ctx, filter, after, exportPage));
    if (rows.length > 0)
      yield toCsv(
        ctx.locale,
        rows.map((row) => registerColumns.map(({ cell }) => cell(row, ctx.locale, ctx.clinic.timeZone))),
      );
    after = rows.at(-1)?.id;
    if (rows.length < exportPage) return;
  }
}

/** Days are the clinic's. Names are compared without their case: the period has its index, and the rest is looked at in it. */
function readLines(
  db: Db,
  { clinic }: ClinicContext,
  { from, until, patientId, recipient, withPatient }: RegisterFilter,
  after: string | undefined,
  most: number,
): Promise<RegisterLine[]> {
  const { id: clinicId, timeZone } = clinic;
  return db.$queryRaw<RegisterLine[]>`
    select c.id, c.patient_id as "patientId", coalesce(p.given_name || ' ' || p.family_name, '') as "patientName", coalesce(p.file_number, '') as "fileNumber", c.channel,
      c.recipient_kind as "recipientKind", c.recipient_name as "recipientName", c.purpose, c.ground, c.justification, c.nature, c.refusals <> '{}' as refused,
      coalesce(m.display_name, '') as by, to_jsonb(c.occurred_at) #>> '{}' as "occurredAt"
    from clinic.communication c
    left join clinic.patient p on p.clinic_id = c.clinic_id and p.id = c.patient_id
    left join identity.membership m on m.clinic_id = c.clinic_id and m.user_id = c.author_id
    where c.clinic_id = ${clinicId}::uuid
      and (${from ?? null}::date is null or c.occurred_at >= ${from ?? null}::date::timestamp at time zone ${timeZone})
      and (${until ?? null}::date is null or c.occurred_at < (${until ?? null}::date + 1)::timestamp at time zone ${timeZone})
      and (${patientId ?? null}::uuid is null or c.patient_id = ${patientId ?? null}::uuid)
      and (${withPatient} or c.recipient_kind <> 'patient')
      and (${recipient.trim()} = '' or position(lower(${recipient.trim()}) in lower(c.recipient_name)) > 0)
      and (${after ?? null}::uuid is null or (c.occurred_at, c.id) < (select f.occurred_at, f.id from clinic.communication f where f.clinic_id = ${clinicId}::uuid and f.id = ${after ?? null}::uuid))
    order by c.occurred_at desc, c.id desc limit ${most}`;
}
