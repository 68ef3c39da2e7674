import { openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { isStop } from "#server/sms/is-stop.ts";
import type { SmsDriver } from "#server/sms/sms-driver.ts";
import { numberHash } from "./contact-hash.ts";
import { withdrawContact } from "./jobs.ts";

/** Longer than any carrier gives its replies again. */
const keptDays = 60;

/**
 * Reads what people answered, and asks each clinic that wrote to a number which says STOP to write there no more: the carrier's number
 * serves them all, and nobody knows which one was meant. The reply's text is looked at and not kept.
 * @returns how many said STOP
 */
export async function readStops(carrier: SmsDriver | undefined): Promise<number> {
  if (!carrier?.replies) return 0;
  const provider = carrier.name;
  const last = await withRelay(
    (db) => db.$queryRaw<{ id: string }[]>`
      select reply_id as id from queue.text_reply where provider = ${provider} order by length(reply_id) desc, reply_id desc limit 1`,
  );
  const replies = await carrier.replies(last[0]?.id ?? null);
  const key = await openPlatformKey();
  let stops = 0;
  for (const { id, from, text } of replies) {
    const stop = isStop(text);
    // Counted and acted on in one transaction: a crash in between reads the reply again.
    stops += await withRelay(async (db) => {
      const fresh = await db.$executeRaw`
        insert into queue.text_reply (provider, reply_id) values (${provider}, ${id}) on conflict do nothing`;
      if (fresh === 0 || !stop) return 0;
      const links = await db.$queryRaw<{ id: string; clinicId: string }[]>`
        select id, clinic_id as "clinicId" from queue.contact_link where number_hash = ${numberHash(key, from)}`;
      for (const { id: standingId, clinicId } of links)
        await enqueue(db, withdrawContact, { standingId }, { clinicId });
      return 1;
    });
  }
  await withRelay(
    // The last one says where to go on, however old it is.
    (db) => db.$executeRaw`
      delete from queue.text_reply where provider = ${provider} and seen_at < now() - ${keptDays} * interval '1 day' and reply_id <> ${last[0]?.id ?? ""}`,
  );
  return stops;
}
