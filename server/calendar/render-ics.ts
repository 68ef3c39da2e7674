import ical, { ICalCalendarMethod, ICalEventClass, ICalEventStatus, ICalEventTransparency } from "ical-generator";

/** What a calendar program is told of one visit. */
export type IcsEvent = {
  /** The visit's own id: the same for as long as it lives, wherever it is moved. */
  id: string;
  /** The last change to anything below, from the database's clock. */
  changedAt: Date;
  startsAt: Date;
  endsAt: Date;
  cancelled: boolean;
  title: string;
  /** One line; left out when empty. */
  location?: string;
  /** Plain text; left out when empty. */
  description?: string;
  /** A whole https address, opened by the person. */
  link?: string;
};

export type IcsCalendar = {
  /** The host's own name, « chevet.example »: UIDs are unique under it. */
  domain: string;
  locale: "fr" | "en";
  /** Shown by whoever subscribes; a message attached to a mail has none. */
  name?: string;
  /** RFC 5546: a mail says what it wants of the calendar. A feed asks nothing, so it has no method. */
  method?: "PUBLISH" | "CANCEL";
  /** Who sends it, needed beside a method. */
  organizer?: { name: string; email: string };
  events: IcsEvent[];
};

/** SEQUENCE counts from here: seconds fit its 31 bits until 2094. */
const epoch = Date.UTC(2026, 0, 1);

/**
 * The text of an iCalendar object (RFC 5545): CRLF, lines folded by octets, text escaped. The same input gives the same octets.
 * Instants are in UTC: they mean the same moment to a program whose zones are wrong or old, which a VTIMEZONE does not promise.
 * SEQUENCE grows with the time of the last change: a visit that goes from one sitting to another has no single counter to follow.
 */
export function renderIcs({ domain, locale, name, method, organizer, events }: IcsCalendar): string {
  const calendar = ical({
    prodId: { company: "Chevet", product: "Agenda", language: locale.toUpperCase() },
    ...(method && { method: ICalCalendarMethod[method] }),
    ...(name && { name: clean(name) }),
  });
  for (const event of events) {
    calendar.createEvent({
      id: `${event.id}@${domain}`,
      sequence: Math.max(0, Math.floor((event.changedAt.getTime() - epoch) / 1000)),
      stamp: event.changedAt,
      lastModified: event.changedAt,
      start: event.startsAt,
      end: event.endsAt,
      summary: clean(event.title),
      status: event.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: event.cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
      // A calendar shared with a family shows that one is busy, not where.
      class: ICalEventClass.PRIVATE,
      ...(event.location && { location: clean(event.location) }),
      ...(event.description && { description: clean(event.description) }),
      ...(event.link && { url: event.link }),
      ...(organizer && { organizer: { name: clean(organizer.name), email: organizer.email } }),
    });
  }
  return `${calendar.toString()}\r\n`;
}

/** RFC 5545 has no way to write a control character, and half a surrogate pair is no text. */
function clean(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, "\ufffd")
      .replace(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, " ")
  );
}
