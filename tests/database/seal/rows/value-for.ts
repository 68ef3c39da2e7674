import type { Column, Table } from "../catalogue/catalogue.ts";
import { bytes, type Row, sql, text, uuid, type Value, word } from "./row.ts";

/** A value that this column's type and checks accept, new at each call. */
export function valueFor(table: Table, column: Column): Value {
  const checks = table.constraints
    .filter(({ type, columns }) => type === "c" && columns.length === 1 && columns[0] === column.name)
    .map(({ definition }) => definition);
  switch (column.type) {
    case "uuid":
      return uuid();
    case "text":
      return textFor(column.name, checks.join(" "));
    case "bytea":
      return bytes();
    case "integer":
    case "smallint":
    case "bigint":
      return sql(lowest(checks.join(" ")) ?? String(Math.floor(Math.random() * 2 ** 30)));
    case "numeric(14,5)":
      return sql("7.1");
    case "boolean":
      return sql("false");
    case "date":
      return sql("current_date");
    case "timestamp with time zone":
      return sql(/expires/.test(column.name) ? "now() + interval '1 hour'" : "now()");
    case "jsonb":
      return sql("'{}'::jsonb");
    case "text[]":
      return sql("array['physician']");
    case "uuid[]":
      return sql("'{}'::uuid[]");
    case "inet":
      return sql("'192.0.2.1'::inet");
    case "tsvector":
      return sql("''::tsvector");
    case "tstzrange":
      return sql("tstzrange('2027-01-01 09:00+00', '2027-01-01 10:00+00')");
    default:
      throw new Error(
        `${table.schema}.${table.name}: no value is known for ${column.name} ${column.type}; teach rows/value-for.ts`,
      );
  }
}

function textFor(name: string, checks: string): Value {
  const listed = /= (?:ANY \(ARRAY\[)?'([^']+)'::text/.exec(checks);
  if (listed?.[1]) return text(listed[1]);
  if (/email/.test(name)) return text(`${word()}@clinique.example`);
  if (/issuer/.test(name)) return text(`https://${word()}.example`);
  if (/job|kind/.test(name)) return text("seal-test");
  if (/~ '\^\[A-Z0-9-\]/.test(checks)) return text(word().toUpperCase());
  return text(`w${word()}`);
}

/** `BETWEEN a AND b` is printed as `>= a`. */
const lowest = (checks: string) => /(?:>=|>|ARRAY\[) ?'?(\d+)/.exec(checks)?.[1]?.replace(/^0$/, "1");

const past = sql("now() - interval '1 hour'");

/** Where types and checks do not say enough: the least that makes a row valid. */
export const overrides: Readonly<Record<string, (row: Row) => Row>> = {
  "clinic.clinic": (row) => ({
    ...row,
    privacy_officer_name: text("Maude Lavallée"),
    time_zone: text("America/Toronto"),
  }),
  "clinic.patient": (row) => ({
    ...row,
    patient_id: row.id ?? uuid(),
    nam_sealed: bytes(),
    nam_last2: text("42"),
    nam_hash: row.nam_hash ?? bytes(),
  }),
  "clinic.record_version": (row) => ({ ...row, category: text("identity") }),
  "identity.invitation": (row) => ({ ...row, role: text("professional") }),
  "identity.membership": (row) => ({ ...row, role: text("professional") }),
  "clinic.correspondent": (row) => ({ ...row, family_name: text(`w${word()}`) }),
  "clinic.patient_import_line": (row) => ({ ...row, line: sql(String(1 + Math.floor(Math.random() * 20_000))) }),
  "clinic.break_glass": (row) => ({ ...row, reason: text("danger pour la vie") }),
  "clinic.self_made_ground": (row) => ({ ...row, kind: text("visit") }),
  "clinic.restriction": (row) => ({ ...row, role: text("billing") }),
  "host.clinic_registration": (row) => ({
    ...row,
    time_zone: text("America/Toronto"),
    status: text("approved"),
    approved_at: sql("now()"),
  }),
  // As the trigger fits it to a hold that ran out.
  "clinic.occupancy": (row) => ({ ...row, kind: text("hold"), hold_expires_at: past }),
  "clinic.sitting": (row) => ({
    ...row,
    kind: text("visit"),
    time_zone: text("America/Toronto"),
    status: text("held"),
    hold_expires_at: past,
  }),
  "clinic.allergy_intolerance": (row) => ({ ...row, kind: text("allergy"), substance: text("Pénicilline") }),
  "clinic.observation": (row) => ({ ...row, value: sql("7.1") }),
  // A draft: what is signed names its document.
  "clinic.letter": (row) => ({
    ...row,
    kind: text("letter"),
    category: text("document"),
    status: text("draft"),
    template_id: sql("null"),
    template_number: sql("null"),
    document_id: sql("null"),
    corrects_id: sql("null"),
  }),
  "clinic.letter_draft": (row) => ({ ...row, category: text("document") }),
  "clinic.letter_template_version": (row) => ({ ...row, number: sql(String(1 + Math.floor(Math.random() * 1e6))) }),
  "clinic.service_request": (row) => ({ ...row, status: text("draft"), report_document_id: sql("null") }),
  // As it is prepared: a line joins it before it is signed.
  "clinic.prescription": (row) => ({ ...row, number: sql("null") }),
  "clinic.appointment": (row) => ({ ...row, source: text("online") }),
  "clinic.freed_time": (row) => ({ ...row, mode: text("phone"), status: text("open") }),
  "clinic.waitlist_entry": (row) => ({ ...row, source: text("online"), status: text("waiting") }),
  "clinic.waitlist_offer": (row) => ({ ...row, status: text("open") }),
  "clinic.questionnaire_version": (row) => ({ ...row, number: sql(String(1 + Math.floor(Math.random() * 1e6))) }),
  "clinic.questionnaire": (row) => ({
    ...row,
    shipped_key: text(`${word().replaceAll(/\d/g, (digit) => "ghijklmnop"[Number(digit)] ?? "")}.fr`),
  }),
  "clinic.place": (row) => ({ ...row, capacity: sql("1"), seat: sql("1") }),
  "clinic.request_person": (row) => ({ ...row, email: text(`${word()}@clinique.example`), status: text("open") }),
  "clinic.resource": (row) => ({ ...row, kind: text("room") }),
  "clinic.healthcare_service": (row) => ({ ...row, status: text("active") }),
  "clinic.location": (row) => ({ ...row, status: text("active") }),
  "clinic.practitioner": (row) => ({ ...row, status: text("active") }),
  "clinic.service_requirement": (row) => ({ ...row, rank: sql(String(1 + Math.floor(Math.random() * 10_000))) }),
  "clinic.schedule_rule": (row) => ({ ...row, from_minute: sql("540"), until_minute: sql("600") }),
  "clinic.schedule_exception": (row) => ({ ...row, kind: text("closed"), time_zone: text("America/Toronto") }),
  "clinic.public_page": (row) => ({
    ...row,
    published: sql("'{}'::jsonb"),
    published_at: sql("now()"),
    published_by: uuid(),
  }),
  "clinic.visit_message": (row) => ({
    ...row,
    kind: text("reminder"),
    before_minutes: sql(String(30 + Math.floor(Math.random() * 40_000))),
  }),
  // Put aside: in a chart or in none.
  "clinic.document": (row) => ({
    ...row,
    handled_by: row.handled_by ?? uuid(),
    status: text("entered-in-error"),
    error_reason: text("duplicate"),
    reviewer_id: sql("null"),
  }),
  "clinic.document_note": (row) => ({ ...row, kind: text("addressed"), reviewer_id: row.reviewer_id ?? uuid() }),
  // Of nobody in particular, whatever its owner's key is.
  "clinic.task": (row) => ({ ...row, clinical: sql("true"), owner: text("role:assistant"), owner_id: sql("null") }),
  "clinic.discussion": (row) => ({ ...row, clinical: sql("true") }),
  "clinic.discussion_message": (row) => ({ ...row, clinical: sql("true") }),
  "clinic.discussion_participant": (row) => ({
    ...row,
    clinical: sql("true"),
    participant: text(`user:${uuid().text}`),
  }),
  // To somebody of no list, so that nothing else has to stand; a link that lives.
  "clinic.communication": (row) => ({ ...row, recipient_kind: text("other") }),
  "clinic.transmission": (row) => ({ ...row, channel: text("link"), expires_at: sql("now() + interval '1 hour'") }),
  "clinic.chart_export": (row) => ({ ...row, ...(row.file_id && { status: text("done") }) }),
  "queue.text_reply": (row) => ({ ...row, provider: text("sealtest") }),
  "host.slug": (row) => ({ ...row, current: sql("false") }),
  "host.setting": (row) => ({ ...row, id: sql("1") }),
  // A keyed hash, as the setting holds it.
  "queue.limit_counter": (row) => ({ ...row, key: text(bytes().text ?? "") }),
  "queue.dead_letter": (row) => ({ ...row, error_code: text("ECONNREFUSED") }),
};
