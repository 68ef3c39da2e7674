import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { formats } from "./formats.ts";
import { type AppLocale, defaultLocale, languageOf, localeCookie, localeOf, negotiate } from "./locale.ts";

/** Where the link of a document leads. */
const isSent = /^\/c\/[^/?]+\/envoi(\?|$)/;

/** Language of this request: what the person chose (cookie), else what the browser asks for, else French. */
export async function readLocale(): Promise<AppLocale> {
  const path = (await headers()).get("x-chevet-path") ?? "";
  const said = localeOf(new URLSearchParams(path.split("?")[1]).get("lang") ?? "");
  // A document that was sent is opened by one person: in the language of the mail that led there, then in their own.
  if (isSent.test(path) && said) return said;
  // A clinic's page is French unless its own address says otherwise: one address is one text, also in a frame without cookies.
  if (/^\/(c|apercu)\//.test(path) && !isSent.test(path)) return said ?? defaultLocale;
  const chosen = localeOf((await cookies()).get(localeCookie)?.value);
  return chosen ?? negotiate((await headers()).get("accept-language"));
}

export default getRequestConfig(async ({ locale: asked }) => {
  const locale = asked ?? (await readLocale());
  return {
    locale,
    messages: languageOf(locale) === "en" ? await import("./en/index.ts") : await import("./fr/index.ts"),
    formats,
    timeZone: "America/Toronto",
    now: new Date(),
  };
});
