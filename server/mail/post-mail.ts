import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { deliverMail } from "./jobs.ts";
import type { MailKind } from "./mail-templates.ts";

export interface MailToPost {
  kind: MailKind;
  /** What the mail is about, as ids only: its composer (server/worker.ts) looks the rest up when it is sent. */
  subject: Record<string, string>;
  locale: "fr" | "en";
  /** The clinic whose mail it is; null for the platform's own, which the host watches over. */
  clinicId: string | null;
}

/**
 * Posts a mail in the caller's transaction: it leaves if and only if the transaction commits. Only ids are written; codes and links are
 * made when it is sent, so that nothing that opens a door ever stands in a queue, a ledger or a backup.
 * @returns the delivery's id.
 */
export async function postMail(db: Db, mail: MailToPost): Promise<string> {
  const id = newId();
  const { kind, subject, locale, clinicId } = mail;
  await db.$executeRaw`
    insert into queue.delivery (id, clinic_id, channel, kind, subject, locale)
    values (${id}::uuid, ${clinicId}::uuid, 'email', ${kind}, ${JSON.stringify(subject)}::jsonb, ${locale})`;
  await enqueue(db, deliverMail, { deliveryId: id }, { clinicId });
  return id;
}
