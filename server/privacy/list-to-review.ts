import { requirePermission } from "#server/access/require-permission.ts";
import { nameSubjects } from "#server/audit/name-subjects.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { selfMade, waitingCount } from "./count-to-review.ts";
import { openPatients } from "./open-patients.ts";
import type { OpeningArea } from "./opening-areas.ts";
import { readTouched } from "./read-openings.ts";
import type { ListToReviewInput } from "./schema.ts";

export interface ReviewLine {
  readonly id: string;
  /**
   * A restriction that was passed; a chart opened for a reason that is in no list; or one opened on a ground that its reader had made, for which
   * they gave no reason.
   */
  readonly kind: "glass" | "reason" | "self-made";
  /** Of a ground that was made: what it was. */
  readonly madeOf: "visit" | "document" | "task" | null;
  readonly at: Date;
  readonly expiresAt: Date;
  readonly patientId: string;
  /** null when the patient is closed to this reader; so are the words. */
  readonly patientName: string | null;
  readonly userId: string;
  readonly userName: string | null;
  readonly words: string;
  /** What was read and written by that person, in that chart, from then on. */
  readonly read: readonly OpeningArea[];
  readonly wrote: readonly OpeningArea[];
  /** The reader's own: for somebody else to look at, when there is somebody else. */
  readonly own: boolean;
  /** The last look; null while nobody has. */
  readonly review: {
    readonly by: string | null;
    readonly at: Date;
    readonly flagged: boolean;
    readonly comment: string;
  } | null;
}

type Row = Omit<ReviewLine, "patientName" | "userName" | "read" | "wrote" | "own" | "review"> & {
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
  readonly flagged: boolean | null;
  readonly comment: string | null;
};

/**
 * What was opened in an emergency, for a reason of one's own, or on a ground of one's own making, for the person in charge of privacy to look at again (AC-21, VA-4): what
 * nobody has looked at, what was flagged, or everything; newest first, one page at a time.
 */
export async function listToReview(
  ctx: ClinicContext,
  { show, before, most, refresh }: ListToReviewInput,
): Promise<{ rows: ReviewLine[]; next: string | null; waiting: number }> {
  requirePermission(ctx, "privacy:manage");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const found = await db.$queryRaw<Row[]>`
      select q.id, q.kind, q.made_of as "madeOf", q.at, q.expires_at as "expiresAt", q.patient_id as "patientId", q.user_id as "userId", q.words,
        v.author_id as "reviewedBy", v.created_at as "reviewedAt", v.flagged, v.comment
      from (
        select b.id, 'glass' as kind, b.created_at as at, b.expires_at, b.patient_id, b.user_id, b.reason as words, null as made_of
        from clinic.break_glass b where b.clinic_id = ${clinicId}::uuid and (${before ?? null}::uuid is null or b.id < ${before ?? null}::uuid)
        union all
        select o.id, 'reason', o.created_at, o.expires_at, o.patient_id, o.author_id, o.note, null
        from clinic.chart_opening o where o.clinic_id = ${clinicId}::uuid and o.reason = 'other' and (${before ?? null}::uuid is null or o.id < ${before ?? null}::uuid)
        union all
        select s.id, 'self-made', s.created_at, s.created_at + interval '12 hours', s.patient_id, s.author_id, '', s.kind
        from ${selfMade} where s.clinic_id = ${clinicId}::uuid and (${before ?? null}::uuid is null or s.id < ${before ?? null}::uuid)
      ) q
      left join lateral (
        select r.author_id, r.created_at, r.flagged, r.comment from clinic.opening_review r
        where r.clinic_id = ${clinicId}::uuid and (r.break_glass_id = q.id or r.chart_opening_id = q.id or r.self_made_id = q.id) order by r.id desc limit 1) v on true
      where ${show}::text = 'all' or (${show}::text = 'waiting' and v.created_at is null) or (${show}::text = 'flagged' and v.flagged)
      order by q.id desc limit ${most + 1}`;
    const [waiting] = await db.$queryRaw<{ count: number }[]>`select ${waitingCount(clinicId)} as count`;
    const shown = found.slice(0, most);
    const patients = [...new Set(shown.map(({ patientId }) => patientId))];
    const users = [...new Set(shown.flatMap(({ userId, reviewedBy }) => [userId, reviewedBy ?? userId]))];
    const names = await nameSubjects(db, clinicId, { users, subjects: patients });
    const open = await openPatients(db, clinicId, patients);
    const touched = await readTouched(
      db,
      clinicId,
      shown.map((row) => ({ ...row, sessionId: null, until: row.expiresAt })),
    );
    const entry = { event: "privacy.reviews-read", entity: "OpeningReview", entityIds: shown.map(({ id }) => id) };
    if (shown.length > 0) await recordRead(db, ctx, entry, { refresh });
    const rows = shown.map(({ reviewedBy, reviewedAt, flagged, comment, ...row }): ReviewLine => {
      const seen = open.has(row.patientId);
      return {
        ...row,
        patientName: names.get(row.patientId) ?? null,
        userName: names.get(row.userId) ?? null,
        words: seen ? row.words : "",
        ...(touched.get(row.id) ?? { read: [], wrote: [] }),
        own: row.userId === ctx.user.id,
        review:
          reviewedBy === null || reviewedAt === null
            ? null
            : {
                by: names.get(reviewedBy) ?? null,
                at: reviewedAt,
                flagged: flagged === true,
                comment: seen ? (comment ?? "") : "",
              },
      };
    });
    return { rows, next: found.length > most ? (shown.at(-1)?.id ?? null) : null, waiting: waiting?.count ?? 0 };
  });
}
