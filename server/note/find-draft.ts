import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";
import { type DraftView, type Hold, readAudience } from "./record.ts";

type Row = Omit<DraftView, "audience" | "held" | "heldBy" | "template" | "encounter"> & {
  readonly audience: string;
  readonly closedAt: Date | null;
  readonly templateId: string;
  readonly shipped: string | null;
  readonly templateTitle: string;
  readonly number: number;
  readonly items: DraftView["template"]["items"];
  readonly encounterId: string;
  readonly appointmentId: string | null;
  readonly class: DraftView["encounter"]["class"];
  readonly reason: string;
  readonly encounterVersion: number;
  readonly holderTab: string | null;
  readonly hold: Hold | null;
};

/** A note that is being written, whole, in one statement; `tab` says which window asks. @throws NotFound, also once it is signed */
export async function findDraft(db: Db, ctx: ClinicContext, id: string, tab: string): Promise<DraftView> {
  const [row] = await db.$queryRaw<Row[]>`
    select n.id, n.patient_id as "patientId", d.title, d.answers, d.diagnoses, d.revision, d.saved_at as "savedAt",
      coalesce(w.display_name, '') as "savedBy", coalesce(d.saved_by = ${ctx.user.id}::uuid, false) as "savedByMe", q.questionnaire_id as "templateId", t.shipped_key as shipped, q.title as "templateTitle", q.number, q.items,
      e.id as "encounterId", e.appointment_id as "appointmentId", e.class, e.reason, e.version as "encounterVersion",
      n.occurred_at as "occurredAt", s.starts_at as "visitAt", n.created_at as "begunAt", n.audience, n.author_id as "authorId", coalesce(m.display_name, '') as author, n.relation,
      n.amends_id as "amendsId", n.version, d.holder_tab as "holderTab", d.closed_at as "closedAt",
      case when d.held_until > now() then jsonb_build_object('userId', d.holder_id, 'name', coalesce(h.display_name, ''), 'until', d.held_until) end as hold
    from clinic.note_draft d
    join clinic.note n on n.clinic_id = d.clinic_id and n.id = d.note_id
    join clinic.encounter e on e.clinic_id = n.clinic_id and e.id = n.encounter_id
    join clinic.questionnaire_version q on q.clinic_id = n.clinic_id and q.questionnaire_id = n.questionnaire_id and q.number = n.questionnaire_number
    join clinic.questionnaire t on t.clinic_id = q.clinic_id and t.id = q.questionnaire_id
    left join clinic.appointment v on v.clinic_id = e.clinic_id and v.id = e.appointment_id
    left join clinic.sitting s on s.clinic_id = v.clinic_id and s.id = v.sitting_id
    left join identity.membership m on m.clinic_id = n.clinic_id and m.user_id = n.author_id
    left join identity.membership w on w.clinic_id = d.clinic_id and w.user_id = d.saved_by
    left join identity.membership h on h.clinic_id = d.clinic_id and h.user_id = d.holder_id
    where d.clinic_id = ${ctx.clinic.id}::uuid and d.note_id = ${id}::uuid and d.closed_at is null`;
  if (!row) throw notFound();
  const {
    templateId,
    shipped,
    templateTitle,
    number,
    items,
    encounterId,
    appointmentId,
    encounterVersion,
    reason,
    holderTab,
    hold,
    ...rest
  } = row;
  const { class: kind, closedAt: _, audience, ...draft } = rest;
  const held = hold !== null && holderTab === tab;
  return {
    ...draft,
    audience: readAudience(audience),
    template: { id: templateId, shipped, title: templateTitle, number, items },
    encounter: { id: encounterId, appointmentId, class: kind, reason, version: encounterVersion },
    held,
    heldBy: hold && !held ? { ...hold, until: new Date(hold.until) } : null,
  };
}
