import type { Db } from "#server/db/database.ts";
import { invalid, notFound } from "#server/errors.ts";
import type { RecipientKind } from "./schema.ts";

/** What a patient refused and that stands today. */
export interface LiveRefusal {
  readonly id: string;
  readonly purpose: "disclosure" | "relatives";
  /** To whom, which information: in the words that were written down. */
  readonly scope: string;
  /** `YYYY-MM-DD` */
  readonly takenOn: string;
}

/** The same as clinic.check_communication, for a screen to show beforehand. */
const concerns = ({ purpose }: Pick<LiveRefusal, "purpose">, kind: RecipientKind): boolean =>
  kind !== "patient" && (purpose === "disclosure" || kind === "related" || kind === "other");

export function liveRefusals(db: Db, clinicId: string, patientId: string, timeZone: string): Promise<LiveRefusal[]> {
  return db.$queryRaw<LiveRefusal[]>`
    select c.id, c.purpose, c.scope, (c.taken_at at time zone ${timeZone})::date::text as "takenOn"
    from clinic.consent c
    where c.clinic_id = ${clinicId}::uuid and c.patient_id = ${patientId}::uuid and c.decision = 'deny' and c.withdrawn_at is null
      and (c.expires_on is null or c.expires_on >= (now() at time zone ${timeZone})::date) and c.purpose in ('disclosure', 'relatives')
    order by c.taken_at desc, c.id desc`;
}

/**
 * Each refusal that concerns this recipient was read by whoever sends; one that came since is shown first.
 * @throws Invalid `communication.refused` beside `refusals`; NotFound for what is no refusal of this patient
 */
export function checkRefusals(live: readonly LiveRefusal[], seen: readonly string[], kind: RecipientKind): void {
  if (seen.some((id) => !live.some((one) => one.id === id))) throw notFound();
  const unseen = live.filter((one) => concerns(one, kind) && !seen.includes(one.id));
  if (unseen.length > 0) throw invalid("communication.refused", { refusals: "communication.refused" });
}
