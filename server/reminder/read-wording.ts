import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { chooseText, type Wording, wordingKey } from "./choose-text.ts";
import { type MessageChannel, type MessageKind, messageChannels, messageKinds } from "./schema.ts";
import { textsOffered } from "./texts-offered.ts";

export interface WordingRecord {
  readonly texts: readonly TextRecord[];
  readonly channels: readonly MessageChannel[];
  /** null: the clinic has never written any. */
  readonly version: number | null;
}

export interface TextRecord {
  readonly kind: MessageKind;
  readonly channel: MessageChannel;
  readonly locale: "fr" | "en";
  readonly subject: string;
  readonly body: string;
  /** The clinic's; otherwise ours. */
  readonly own: boolean;
}

/** Every text as it would leave now, the clinic's own or ours. */
export async function readWording(ctx: ClinicContext): Promise<WordingRecord> {
  requirePermission(ctx, "reminder:manage");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const kept = await keptWording(db, clinicId);
    const offered = await textsOffered(db, clinicId);
    const channels = messageChannels.filter((one) => one === "email" || offered);
    const texts = messageKinds.flatMap((kind) =>
      channels.flatMap((channel) =>
        (["fr", "en"] as const).map((locale) => ({
          kind,
          channel,
          locale,
          ...chooseText(kept?.texts ?? {}, kind, channel, locale),
          own: Boolean(kept?.texts[wordingKey(kind, channel, locale)]?.body),
        })),
      ),
    );
    return { texts, channels, version: kept?.version ?? null };
  });
}

/** The clinic's own words as they are kept, or null. */
export async function keptWording(db: Db, clinicId: string) {
  const row = await db.messageWording.findFirst({
    where: { clinicId },
    select: { texts: true, version: true, lastUpdated: true },
  });
  return row && { ...row, texts: row.texts as unknown as Wording };
}
