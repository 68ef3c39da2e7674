import { withRelay } from "#server/db/with-relay.ts";
import type { MailKind } from "./mail-templates.ts";

export interface OpenDelivery {
  id: string;
  kind: MailKind;
  subject: Record<string, string>;
  locale: "fr" | "en";
  channel: "email" | "sms";
}

type Settled = "sent" | "failed" | "unknown" | "cancelled";

/**
 * Opens a delivery for one try. One that is found `sending` belongs to a process that died between its first word to the server and writing down
 * the answer: it becomes `unknown`, for ever, and is not tried again.
 * @returns the delivery when it may be tried, else the state that speaks against it; a delivery of another clinic than the job's is nobody's.
 */
export async function openDelivery(id: string, clinicId: string | null): Promise<OpenDelivery | "unknown" | "over"> {
  return withRelay(async (db) => {
    const found = await db.$queryRaw<(OpenDelivery & { state: string })[]>`
      select id, kind, subject, locale, channel, state from queue.delivery
      where id = ${id}::uuid and clinic_id is not distinct from ${clinicId}::uuid for update`;
    const delivery = found[0];
    if (delivery?.state === "pending") return delivery;
    if (delivery?.state !== "sending") return "over";
    await db.$executeRaw`
      update queue.delivery set state = 'unknown', settled_at = now(), error_code = 'NoAnswerRecorded' where id = ${id}::uuid`;
    return "unknown";
  });
}

/**
 * Writes down, before the first word to the server, that one is about to be said and under which Message-ID; and where it comes back to, if
 * returns are read.
 * @param way whose mail it is, and the token of the address's way out where it carries one
 * @returns false when someone else took the delivery meanwhile.
 */
export async function startSending(
  id: string,
  messageId: string,
  way?: { readonly clinicId: string | null; readonly wayOut: string | undefined } | undefined,
): Promise<boolean> {
  return withRelay(async (db) => {
    const started = await db.$executeRaw`
      update queue.delivery
      set state = 'sending', message_id = ${messageId}, attempts = attempts + 1, started_at = now(), error_code = null
      where id = ${id}::uuid and state = 'pending'`;
    if (started === 1 && way)
      await db.$executeRaw`
        insert into queue.return_path (id, clinic_id, standing_id)
        values (${id}::uuid, ${way.clinicId}::uuid, (select id from queue.contact_link where clinic_id = ${way.clinicId}::uuid and token_hash = sha256(convert_to(${way.wayOut ?? ""}, 'UTF8'))))
        on conflict (id) do update set standing_id = excluded.standing_id`;
    return started === 1;
  });
}

/** Writes down how it ended. An answer that comes after another process gave the send up for unknown still counts: it is the truth. */
export async function settleDelivery(id: string, state: Settled, code: string | null): Promise<void> {
  await withRelay(
    (db) => db.$executeRaw`
      update queue.delivery set state = ${state}, settled_at = now(), error_code = ${code}
      where id = ${id}::uuid and state in ('pending', 'sending', 'unknown')`,
  );
}

/** The server certainly has not got it: it may be tried again. */
export async function releaseDelivery(id: string, code: string): Promise<void> {
  await withRelay(
    (db) => db.$executeRaw`
      update queue.delivery set state = 'pending', error_code = ${code} where id = ${id}::uuid and state = 'sending'`,
  );
}
