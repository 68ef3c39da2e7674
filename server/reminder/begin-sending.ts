import { randomBytes } from "node:crypto";
import type { SystemContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { wayOutToken } from "./contact-hash.ts";
import { findStanding, type Keys, makeStanding } from "./find-standing.ts";
import { sendMessage } from "./jobs.ts";
import { judgeMessage, type SkipReason } from "./judge-message.ts";
import { mayWrite } from "./may-write.ts";
import { type MessageFacts, readMessage } from "./read-message.ts";
import { classOf, type MessageChannel } from "./schema.ts";

export interface Begun {
  readonly facts: MessageFacts;
  readonly channel: MessageChannel;
  /** An address or a number, in memory for as long as the send takes. */
  readonly contact: string;
  readonly standingId: string;
  /** Opens the page of the visit: only its hash is kept. */
  readonly visitToken: string;
  readonly wayOut: string;
}

/** How long the link of a message opens the visit's page after its end. */
const linkDays = 2;
const number = /^\+\d{8,15}$/;

/**
 * Opens a message for one try, in one transaction: looks whether it is still true, useful and allowed, mints the link, and writes down that
 * the next word may go out. **Committed before the first word**: one that is found `sending` belongs to a process that died between that
 * word and writing down the answer, and becomes `unknown`, for ever.
 * @param carrier whether text messages can be sent; @param returns whether what comes back later is read
 * @returns what to send; else the state that speaks against it
 */
export function beginSending(
  ctx: SystemContext,
  messageId: string,
  keys: Keys,
  carrier: boolean,
  returns: boolean,
): Promise<Begun | "over" | "unknown" | "skipped" | "waits"> {
  const clinicId = ctx.clinicId ?? "";
  return withStaff(ctx, async (db) => {
    const facts = await readMessage(db, clinicId, messageId);
    if (!facts) return "over";
    if (facts.status === "sending") {
      await settle(db, clinicId, messageId, "unknown", "");
      return "unknown";
    }
    if (facts.status !== "planned" || facts.early) return "over";
    const judgement = judgeMessage(facts, carrier);
    if (judgement.act === "wait") {
      await putOff(db, clinicId, messageId, judgement.until);
      return "waits";
    }
    const reached =
      judgement.act === "skip" ? judgement.reason : await chooseContact(db, keys, facts, judgement.channels);
    if (typeof reached === "string") {
      await settle(db, clinicId, messageId, "skipped", reached);
      return "skipped";
    }
    const { channel, contact } = reached;
    const standingId = reached.standingId ?? (await makeStanding(db, keys, channel, contact));
    const visitToken = await openTry(db, clinicId, facts, { channel, standingId, returns });
    return { facts, channel, contact, standingId, visitToken, wayOut: wayOutToken(keys.clinic, channel, contact) };
  });
}

async function chooseContact(
  db: Db,
  keys: Keys,
  facts: MessageFacts,
  channels: readonly MessageChannel[],
): Promise<{ channel: MessageChannel; contact: string; standingId: string | undefined } | SkipReason> {
  let refusal: SkipReason | undefined;
  for (const channel of channels) {
    const contact = channel === "email" ? facts.email : (facts.textNumber ?? facts.phone);
    if (!contact || (channel === "sms" && !number.test(contact))) continue;
    const standing = await findStanding(db, keys, channel, contact);
    const chosen = channel === "email" || contact === facts.textNumber;
    if (!mayWrite(classOf[facts.kind], channel, standing, chosen)) {
      refusal ??= standing?.care === "withdrawn" ? "unsubscribed" : "no-consent";
    } else if (standing?.bouncedAt && facts.madeBy !== "hand") refusal ??= "bouncing";
    else return { channel, contact, standingId: standing?.id };
  }
  return refusal ?? "no-address";
}

/**
 * Writes `sending`, and mints the visit's link: a token in the clear exists in this message only; each message has its own, and each ends
 * soon after the visit.
 */
async function openTry(
  db: Db,
  clinicId: string,
  { id, appointmentId, endsAt }: MessageFacts,
  { channel, standingId, returns }: { channel: MessageChannel; standingId: string; returns: boolean },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db.$executeRaw`
    with opened as (
      update clinic.visit_message set status = 'sending', channel = ${channel}, attempts = attempts + 1, started_at = now(), error_code = null
      where clinic_id = ${clinicId}::uuid and id = ${id}::uuid
    ), way_back as (
      insert into queue.return_path (id, clinic_id, standing_id)
      select ${id}::uuid, ${clinicId}::uuid, ${standingId}::uuid where ${returns && channel === "email"}
      on conflict (id) do update set standing_id = excluded.standing_id
    )
    insert into clinic.appointment_access (clinic_id, id, appointment_id, token_hash, expires_at)
    values (${clinicId}::uuid, ${newId()}::uuid, ${appointmentId}::uuid, sha256(convert_to(${token}, 'UTF8')), ${endsAt}::timestamptz + make_interval(days => ${linkDays}))`;
  return token;
}

/** Comes back at the end of the quiet hours, by a job of its own: the one at hand ends. */
async function putOff(db: Db, clinicId: string, messageId: string, until: Date): Promise<void> {
  await db.$executeRaw`
    with put as (
      update clinic.visit_message set due_at = ${until}::timestamptz where clinic_id = ${clinicId}::uuid and id = ${messageId}::uuid returning id, due_at
    )
    insert into queue.outbox (id, clinic_id, job, payload, run_at)
    select ${newId()}::uuid, ${clinicId}::uuid, ${sendMessage.name}, jsonb_build_object('messageId', id), due_at from put`;
}

async function settle(
  db: Db,
  clinicId: string,
  id: string,
  status: "unknown" | "skipped",
  reason: SkipReason | "",
): Promise<void> {
  const code = status === "unknown" ? "NoAnswerRecorded" : null;
  await db.$executeRaw`
    update clinic.visit_message set status = ${status}, reason = ${reason}, error_code = ${code}, settled_at = now()
    where clinic_id = ${clinicId}::uuid and id = ${id}::uuid`;
}
