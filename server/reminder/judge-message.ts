import type { MessageFacts } from "./read-message.ts";
import type { MessageChannel } from "./schema.ts";

/** Why a message does not leave, in a word that staff read in their language. */
export type SkipReason =
  | "visit-off"
  | "visit-moved"
  | "visit-restored"
  | "visit-past"
  | "visit-begun"
  | "already-confirmed"
  | "too-late"
  | "overtaken"
  | "not-approved"
  | "person-gone"
  | "no-address"
  | "no-carrier"
  | "no-consent"
  | "unsubscribed"
  | "bouncing";

export type Judgement =
  | { act: "send"; channels: readonly MessageChannel[] }
  | { act: "wait"; until: Date }
  | { act: "skip"; reason: SkipReason };

/** A reminder that comes later than this before the visit helps nobody. */
const leastLeadMinutes = 25;

/**
 * Whether a message still says something true and useful at the moment of sending, whatever happened since it was planned. Who may be
 * written to is asked afterwards, for the address that is then chosen.
 * @param carrier text messages can leave from this host
 */
export function judgeMessage(facts: MessageFacts, carrier: boolean): Judgement {
  const skip = (reason: SkipReason): Judgement => ({ act: "skip", reason });
  if (facts.clinicStatus !== "approved") return skip("not-approved");
  if (facts.personGone) return skip("person-gone");
  if (facts.startsAt <= facts.now) return skip("visit-past");
  const reason = facts.kind === "cancelled" ? judgeOff(facts) : judgeOn(facts);
  if (reason) return skip(reason);

  const channels = channelsOf(facts, carrier);
  if (channels.length === 0)
    return skip(facts.channel === "sms" && !(carrier && facts.textsOn) ? "no-carrier" : "no-address");
  // A mail that answers what the person has just done makes no noise; a reminder and a text message wait for the morning.
  const answers = facts.kind !== "reminder" && channels[0] === "email";
  const byHand = facts.madeBy === "hand";
  if (!facts.quietUntil || answers || byHand) return { act: "send", channels };
  const lead = facts.startsAt.getTime() - facts.quietUntil.getTime();
  return lead < leastLeadMinutes * 60_000 ? skip("too-late") : { act: "wait", until: facts.quietUntil };
}

function judgeOff({ off }: MessageFacts): SkipReason | null {
  return off ? null : "visit-restored";
}

function judgeOn(facts: MessageFacts): SkipReason | null {
  const { off, visitStatus, startsAt, plannedFor, kind, confirmed, evenConfirmed, madeBy, overtaken, now } = facts;
  if (off) return "visit-off";
  if (visitStatus !== "booked") return "visit-begun";
  if (startsAt.getTime() !== plannedFor.getTime()) return "visit-moved";
  if (kind !== "reminder" || madeBy === "hand") return null;
  if (confirmed && !evenConfirmed) return "already-confirmed";
  if (overtaken) return "overtaken";
  return startsAt.getTime() - now.getTime() < leastLeadMinutes * 60_000 ? "too-late" : null;
}

/** The planned channel first; a notice takes the other one rather than none, a reminder is its rule's. */
function channelsOf(
  { kind, channel, email, textNumber, phone, textsOn }: MessageFacts,
  carrier: boolean,
): MessageChannel[] {
  const texts = carrier && textsOn && (textNumber ?? phone) !== null;
  const usable = (one: MessageChannel) => (one === "email" ? email !== null : texts);
  const other: MessageChannel = channel === "email" ? "sms" : "email";
  return (kind === "reminder" ? [channel] : [channel, other]).filter(usable);
}
