import { notFound } from "#server/errors.ts";
import { showPhone } from "#server/phone.ts";
import { noticeVersion } from "./notice.ts";
import { openingHours } from "./opening-hours.ts";
import type { PageRows } from "./page-rows.ts";
import { pageContent } from "./schema.ts";

/** The page as a reader sees it, in both languages; which words to take is the page's affair. */
export type PageView = ReturnType<typeof composePage>;

/** @throws NotFound when the clinic's card is not there */
export function composePage(slug: string, rows: PageRows, locale: "fr" | "en", now: Date) {
  const { clinic } = rows;
  if (!clinic) throw notFound();
  const { hiddenServices, hiddenPractitioners, hiddenLocations, ...content } = pageContent.parse(rows.content);
  const shown = new Set(rows.practitioners.map(({ id }) => id));
  return {
    slug,
    content,
    name: clinic.name,
    phone: said(clinic.phone, locale),
    email: clinic.email,
    timeZone: clinic.timeZone,
    officer: {
      name: clinic.officerName,
      title: clinic.officerTitle,
      email: clinic.officerEmail,
      phone: said(clinic.officerPhone, locale),
    },
    services: rows.services.map((service) => ({
      ...service,
      practitionerIds: service.practitionerIds.filter((id) => shown.has(id)),
    })),
    practitioners: rows.practitioners,
    locations: rows.locations.map(({ rules, closures, phone, ...location }) => ({
      ...location,
      phone: said(phone, locale),
      hours: openingHours(rules, closures, location.timeZone, now),
    })),
    noticeVersion,
    now,
  };
}

/** A number as people read it, and as a telephone dials it (RFC 3966); null when there is none. */
function said(kept: string, locale: "fr" | "en"): { text: string; href: string } | null {
  return kept === "" ? null : { text: showPhone(kept, locale), href: `tel:${kept}` };
}
