import { isStillOpen } from "#server/chart-export/still-open.ts";
import type { ClinicContext, SystemContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { putOnPages } from "#server/document/put-on-pages.ts";
import { notFound } from "#server/errors.ts";
import { beginJoin, keepBytes } from "#server/pdf/join-pdf.ts";
import { renderPdf } from "#server/pdf/render-pdf.ts";
import { showPhone } from "#server/phone.ts";
import type { FileRoom } from "#server/storage/file-room.ts";
import type { SentFile } from "../record.ts";
import { CoverSheet } from "./cover-sheet.tsx";

/** A fax as it is to be made, read in one transaction. */
export interface FaxFacts {
  readonly id: string;
  readonly patientId: string;
  readonly clinicId: string;
  readonly contact: string;
  readonly status: string;
  readonly driver: "manual" | "http";
  readonly providerId: string | null;
  readonly revoked: boolean;
  /** Of what goes, how much whoever asks does not see in this chart: closed to them, moved to another chart, replaced by a corrected letter, or another's whole chart. */
  readonly closed: number;
  readonly content: readonly SentFile[];
  readonly language: "fr" | "en";
  readonly recipientName: string;
  readonly by: string;
  readonly createdAt: Date;
  readonly clinicName: string;
  readonly clinicPhone: string;
  readonly clinicFax: string;
  readonly clinicAddress: string;
  readonly timeZone: string;
}

/** @throws NotFound when whoever asks may not see it */
export async function readFax(db: Db, ctx: ClinicContext | SystemContext, id: string): Promise<FaxFacts> {
  const clinicId = "job" in ctx ? (ctx.clinicId ?? "") : ctx.clinic.id;
  const [row] = await db.$queryRaw<FaxFacts[]>`
    select t.id, t.patient_id as "patientId", t.clinic_id as "clinicId", t.contact, t.status, t.driver, t.provider_id as "providerId", t.revoked_at is not null as revoked,
      (select count(*)::int from jsonb_array_elements(t.content) f
        where not exists (select from clinic.document d
            where d.clinic_id = t.clinic_id and d.id = (f ->> 'id')::uuid and d.patient_id = t.patient_id and d.status in ('filed', 'reviewed') and d.replaced_by_id is null)
          and not exists (select from clinic.chart_export e
            where e.clinic_id = t.clinic_id and e.id = (f ->> 'id')::uuid and e.patient_id = t.patient_id and ${isStillOpen})) as closed,
      t.content, t.language, c.recipient_name as "recipientName", coalesce(m.display_name, '') as by, t.created_at as "createdAt",
      k.name as "clinicName", k.phone as "clinicPhone", coalesce((select f.sender from clinic.fax_account f where f.clinic_id = t.clinic_id), '') as "clinicFax",
      coalesce((select concat_ws(', ', nullif(l.address_line, ''), nullif(l.city, ''), nullif(l.postal_code, '')) from clinic.location l
        where l.clinic_id = t.clinic_id and l.status = 'active' order by l.id limit 1), '') as "clinicAddress", k.time_zone as "timeZone"
    from clinic.transmission t
    join clinic.communication c on c.clinic_id = t.clinic_id and c.id = t.id
    join clinic.clinic k on k.clinic_id = t.clinic_id
    left join identity.membership m on m.clinic_id = t.clinic_id and m.user_id = t.author_id
    where t.clinic_id = ${clinicId}::uuid and t.id = ${id}::uuid and t.channel = 'fax'`;
  if (!row) throw notFound();
  return row;
}

/** The cover sheet and the documents behind it, as one file. Outside any transaction: pages take their time. */
export async function makeFax(facts: FaxFacts, room: FileRoom): Promise<{ pdf: Uint8Array; pages: number }> {
  const { language, clinicName, clinicPhone, clinicFax, clinicAddress, timeZone, createdAt } = facts;
  const kept = keepBytes();
  const joined = await beginJoin(language === "fr" ? "Télécopie" : "Fax", language, createdAt, kept.sink);
  const scope = { clinic: { id: facts.clinicId } };
  let without = 0;
  let cut = 0;
  for (const file of facts.content) {
    const { pages, isCut } = await putOnPages(scope, { ...file, id: file.fileId }, joined, room);
    if (pages === 0) without += 1;
    else if (isCut) cut += 1;
  }
  const cover = await renderPdf(
    CoverSheet({
      language,
      clinic: {
        name: clinicName,
        lines: clinicAddress ? [clinicAddress] : [],
        phone: showPhone(clinicPhone, language),
        fax: showPhone(clinicFax, language),
      },
      to: { name: facts.recipientName, fax: showPhone(facts.contact, language) },
      from: facts.by,
      at: sayAt(createdAt, timeZone, language),
      pages: joined.pages + 1,
      without,
      cut,
    }),
  );
  await joined.insertPdf(cover, 0);
  await joined.end();
  return { pdf: kept.bytes(), pages: joined.pages };
}

function sayAt(at: Date, timeZone: string, language: "fr" | "en"): string {
  const text = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(at);
  const [day = "", time = ""] = text.split(" ");
  return language === "fr" ? `${day}, ${time.replace(":", "\u00a0h\u00a0")}` : `${day}, ${time}`;
}
