import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { needEnv } from "#server/env.ts";
import { showPhone } from "#server/phone.ts";
import { faultsOf } from "./change-wording.ts";
import { defaultTexts } from "./default-texts.ts";
import { forbiddenWord } from "./forbidden-word.ts";
import type { PreviewInput } from "./schema.ts";
import { writeMail } from "./write-mail.tsx";
import { type MessageAbout, writeText } from "./write-text.ts";

export interface MessagePreview {
  readonly subject: string;
  /** As the message would be read. */
  readonly text: string;
  /** Of a text message: in how many parts it travels. */
  readonly segments: number | null;
  /** Beside their fields, as saving would say them. */
  readonly faults: Readonly<Record<string, string>>;
  /** The word that may not be said, when there is one. */
  readonly forbidden: string | null;
}

/** A made-up link, as long as a real one. */
const sampleToken = "exemple-exemple-exemple-exemple-exemple-123";

/** What a text would be for a visit of next week, by the very functions that send. */
export async function previewMessage(ctx: ClinicContext, input: PreviewInput): Promise<MessagePreview> {
  requirePermission(ctx, "reminder:manage");
  const clinicId = ctx.clinic.id;
  const { kind, channel, locale } = input;
  const found = await withStaff(ctx, async (db) => {
    const clinic = await db.clinic.findFirstOrThrow({
      where: { clinicId },
      select: { name: true, neutralName: true, phone: true, email: true, timeZone: true },
    });
    const place = await db.location.findFirst({
      where: { clinicId, status: "active" },
      orderBy: { name: "asc" },
      select: { addressLine: true, city: true, postalCode: true, phone: true },
    });
    return { clinic, place };
  });
  const { clinic, place } = found;
  const origin = needEnv("CHEVET_ORIGIN");
  const about: MessageAbout = {
    clinicName: clinic.neutralName || clinic.name,
    clinicPhone: place?.phone || clinic.phone,
    startsAt: nextWeek(),
    timeZone: clinic.timeZone,
    locale,
    link: `${origin}/c/${ctx.clinic.slug}/gerer#${sampleToken}`,
  };
  const faults = faultsOf(input);
  const forbidden = forbiddenWord(`${input.subject}\n${input.body}`) ?? null;
  const words = input.body === "" ? defaultTexts[kind][channel][locale] : input;
  if (channel === "sms") return { subject: "", faults, forbidden, ...writeText(words, about) };
  const address = [place?.addressLine, place?.city, place?.postalCode].filter(Boolean).join(", ");
  const contact = [address, showPhone(about.clinicPhone, locale), clinic.email, new URL(origin).host].filter(Boolean);
  const wayOut = `${origin}/c/${ctx.clinic.slug}/desabonnement#${sampleToken}`;
  const { subject, text } = await writeMail(kind, words, about, { name: about.clinicName, contact, wayOut });
  return { subject, text, segments: null, faults, forbidden };
}

function nextWeek(): Date {
  const day = new Date(Date.now() + 7 * 86_400_000);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 18, 30));
}
