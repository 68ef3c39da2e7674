import type { ClinicContext } from "#server/context.ts";
import { database } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { MemberRecord } from "./record.ts";
import type { ListMembersInput } from "./schema.ts";

export interface ListedMember extends MemberRecord {
  /** Their last line in this clinic's journal; null before the first. */
  readonly lastActivityAt: Date | null;
  /** null where the reader is not the one who manages members. */
  readonly secondFactor: boolean | null;
}

export interface MemberPage {
  readonly members: readonly ListedMember[];
  /** Give it back as `after` for the next page; null on the last one. */
  readonly next: string | null;
  readonly total: number;
}

/** The clinic's members by name, accents aside, one page at a time. */
export async function listMembers(ctx: ClinicContext, input: ListMembersInput): Promise<MemberPage> {
  const clinicId = ctx.clinic.id;
  const { after = null, most, status } = input;
  const wanted = `%${input.search.trim().replaceAll(/[\\%_]/g, "\\$&")}%`;
  const { rows, total } = await withStaff(ctx, async (db) => {
    const found = await db.$queryRaw<(Omit<ListedMember, "secondFactor"> & { total: bigint })[]>`
      with folded as (
        select m.*, lower(regexp_replace(normalize(m.display_name, nfkd), U&'[\\0300-\\036F]', '', 'g')) as fold
        from identity.membership m
        where m.clinic_id = ${clinicId}::uuid and (${status} = 'all' or m.status = ${status})
      ), matching as (
        select * from folded
        where fold like lower(regexp_replace(normalize(${wanted}, nfkd), U&'[\\0300-\\036F]', '', 'g')) or email like lower(${wanted})
      )
      select m.id, m.user_id as "userId", m.display_name as "displayName", m.email, m.role, m.privacy_officer as "privacyOfficer",
        m.location_ids as "locationIds", m.supervisor_id as "supervisorId", m.status, m.created_at as "createdAt",
        m.ended_at as "endedAt", m.last_updated as "lastUpdated", m.version,
        (select e.recorded_at from clinic.audit_event e
          where e.clinic_id = ${clinicId}::uuid and e.agent_id = m.user_id order by e.id desc limit 1) as "lastActivityAt",
        (select count(*) from matching) as total
      from matching m
      where ${after}::uuid is null or (m.fold, m.id) > (select p.fold, p.id from folded p where p.id = ${after}::uuid)
      order by m.fold, m.id limit ${most + 1}`;
    return { rows: found, total: Number(found[0]?.total ?? 0) };
  });
  const shown = rows.slice(0, most);
  const factors = await secondFactors(ctx);
  return {
    members: shown.map(({ total: _, ...row }) => ({ ...row, secondFactor: factors ? factors.has(row.userId) : null })),
    next: rows.length > most ? (shown.at(-1)?.id ?? null) : null,
    total,
  };
}

async function secondFactors(ctx: ClinicContext): Promise<ReadonlySet<string> | null> {
  if (!ctx.membership.permissions.has("member:manage")) return null;
  const result = await database("web").call({
    name: "chevet_second_factors",
    text: "select reference.second_factors($1, $2) as holders",
    values: [ctx.clinic.id, ctx.user.id],
  });
  return new Set<string>(result.rows[0]?.holders ?? []);
}
