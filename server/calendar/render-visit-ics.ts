import { renderIcs } from "./render-ics.ts";

export type VisitIcs = {
  /** The appointment's id. */
  id: string;
  /** The later of the appointment's `last_updated` and its sitting's. */
  changedAt: Date;
  startsAt: Date;
  endsAt: Date;
  cancelled: boolean;
  /** The name that the clinic gives itself in messages: a neutral one where it has one. */
  clinicName: string;
  /** The address as one line; empty for a visit by phone or video. */
  location: string;
  /** The way back to the visit. */
  link?: string;
  locale: "fr" | "en";
  /** The host's own name, the same in every message about this visit. */
  domain: string;
  /** The sender's address, as in the mail. */
  email: string;
};

const words = { fr: (clinic: string) => `Rendez-vous – ${clinic}`, en: (clinic: string) => `Appointment – ${clinic}` };

/**
 * A patient's visit for their own calendar, as a mail attaches it or a page gives it (`text/calendar; charset=utf-8; method=…`).
 * It takes neither reason nor service nor practitioner: a calendar is often read by a family, an employer or a foreign service (AC-63).
 */
export function renderVisitIcs(visit: VisitIcs): { method: "PUBLISH" | "CANCEL"; text: string } {
  const { clinicName, locale, domain, email, ...event } = visit;
  const method = visit.cancelled ? "CANCEL" : "PUBLISH";
  const text = renderIcs({
    domain,
    locale,
    method,
    organizer: { name: clinicName, email },
    events: [{ ...event, title: words[locale](clinicName) }],
  });
  return { method, text };
}
