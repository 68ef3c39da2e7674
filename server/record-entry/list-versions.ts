import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { entries } from "./entries.ts";
import type { ListVersionsInput } from "./schema.ts";

/** What a statement said before, until when, and who replaced it. */
export interface EntryVersion {
  readonly version: number;
  readonly validUntil: Date;
  readonly replacedBy: string;
  /** By column: only what a reader is shown, and nothing that is empty. */
  readonly content: Readonly<Record<string, string>>;
}

const mostVersions = 100;

/** Earlier versions of one statement, the newest first, a hundred at most. @throws NotFound */
export async function listVersions(ctx: ClinicContext, { kind, id }: ListVersionsInput): Promise<EntryVersion[]> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const { entity, table, shown, rows } = entries[kind];
  return withStaff(ctx, async (db) => {
    const current = await rows(db).findFirst({ where: { clinicId, id } });
    if (!current) throw notFound();
    const kept = await db.$queryRaw<(Omit<EntryVersion, "content"> & { content: Record<string, unknown> })[]>`
      select v.version, v.valid_until as "validUntil", coalesce(m.display_name, '') as "replacedBy", v.content
      from clinic.record_version v
      left join identity.membership m on m.clinic_id = v.clinic_id and m.user_id = v.replaced_by
      where v.clinic_id = ${clinicId}::uuid and v.entity = ${table} and v.entity_id = ${id}::uuid
      order by v.version desc limit ${mostVersions}`;
    await recordAudit(db, ctx, {
      event: "record.versions-read",
      action: "R",
      entity,
      entityIds: [id],
      patientId: current.patientId,
      ground: groundOf(ctx),
      detail: { kind },
    });
    return kept.map(({ content, ...version }) => ({ ...version, content: pick(content, shown) }));
  });
}

function pick(content: Record<string, unknown>, shown: readonly string[]): Record<string, string> {
  const said = shown.map((name) => [name, content[name]] as const).filter(([, value]) => value != null && value !== "");
  return Object.fromEntries(said.map(([name, value]) => [name, String(value)]));
}
