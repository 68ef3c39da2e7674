import type { Locale } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { contactHash } from "./contact-hash.ts";
import type { Keys } from "./find-standing.ts";
import { promotionText } from "./promotion-text.ts";
import type { ConsentState, MessageChannel, PromotionSource } from "./schema.ts";

/** What one address of a patient says of messages that are not about their care. */
export interface PromotionRecord {
  readonly contactId: string;
  readonly channel: MessageChannel;
  readonly value: string;
  readonly state: ConsentState;
  /** How it was given or taken back; empty while nobody asked. */
  readonly source: PromotionSource | "";
  readonly at: Date | null;
  /** Who wrote it down; null where the person did it by themselves. */
  readonly by: string | null;
  /** The words that were agreed to; while there is no agreement, those to read out. */
  readonly text: string;
  /** null while nothing was ever written to the address, nor asked of it. */
  readonly version: number | null;
  readonly lastUpdated: Date;
}

/** The addresses that may be written to, of one patient, in the order of their card; as far as the reader may see them. */
export async function readPromotionRecords(db: Db, keys: Keys, patientId: string): Promise<PromotionRecord[]> {
  const clinicId = keys.clinic.id;
  const patient = await db.patient.findFirst({
    where: { clinicId, id: patientId },
    select: { language: true },
  });
  const clinic = await db.clinic.findFirstOrThrow({ where: { clinicId }, select: { name: true } });
  const contacts = await db.patientContact.findMany({
    where: { clinicId, patientId, system: { in: ["email", "sms"] }, endedAt: null },
    orderBy: [{ rank: "asc" }, { id: "asc" }],
    select: { id: true, system: true, value: true, normalised: true },
    take: 20,
  });
  const locale: Locale = patient?.language === "en" ? "en" : "fr";
  const records: PromotionRecord[] = [];
  for (const { id: contactId, system, value, normalised } of contacts) {
    const channel = system as MessageChannel;
    const standing = await db.contactStanding.findFirst({
      where: { clinicId, channel, contactHash: contactHash(keys.clinic, channel, normalised) },
      select: {
        promotional: true,
        promotionalSource: true,
        promotionalAt: true,
        promotionalBy: true,
        consentText: true,
        version: true,
        lastUpdated: true,
      },
    });
    const by = standing?.promotionalBy
      ? await db.membership.findFirst({
          where: { clinicId, userId: standing.promotionalBy },
          select: { displayName: true },
        })
      : null;
    const state = (standing?.promotional ?? "unasked") as ConsentState;
    records.push({
      contactId,
      channel,
      value,
      state,
      source: (standing?.promotionalSource ?? "") as PromotionRecord["source"],
      at: standing?.promotionalAt ?? null,
      by: by?.displayName ?? null,
      text: state === "granted" ? (standing?.consentText ?? "") : promotionText(locale, channel, clinic.name),
      version: standing?.version ?? null,
      lastUpdated: standing?.lastUpdated ?? new Date(0),
    });
  }
  return records;
}
