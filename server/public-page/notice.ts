import type { Locale } from "#server/context.ts";
import current from "./notice/2026-11.json" with { type: "json" };

/** What is told to whoever books about what is collected and why. An older version keeps its file: a request names the one it was shown. */
export interface Notice {
  readonly version: string;
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
}

export const noticeVersion = current.version;

/** Today's notice in one language. */
export function noticeIn(locale: Locale): Notice {
  return { version: current.version, ...current[locale] };
}
