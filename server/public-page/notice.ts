import type { Locale } from "#server/context.ts";
import current from "./notice/2026-11-24.json" with { type: "json" };

/** What is told to whoever books about what is collected and why. An older version keeps its file: a request names the one it was shown. */
export interface Notice {
  readonly version: string;
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
}

export const noticeVersion = current.version;

/** Today's notice in one language, with the clinic's own delay: an unmatched request is erased after so many days. */
export function noticeIn(locale: Locale, requestDays: number): Notice {
  const { title, lead, sections } = current[locale];
  const filled = sections.map(({ title: heading, paragraphs }) => ({
    title: heading,
    paragraphs: paragraphs.map((text) => text.replaceAll("{days}", String(requestDays))),
  }));
  return { version: current.version, title, lead, sections: filled };
}
