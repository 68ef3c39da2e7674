import "server-only";
import { cookies, headers } from "next/headers";
import { getLocale } from "next-intl/server";
import { cache } from "react";
import type { Realm } from "#server/context.ts";
import type { ChevetRuntime } from "#server/runtime.ts";
import { id } from "#server/schema.ts";
import { languageOf } from "../_i18n/locale.ts";

/** What the web process lends (server/runtime.ts): pages call the very router that the doors serve, in process. */
export function runtime(): ChevetRuntime {
  const lent = (globalThis as { [key: symbol]: ChevetRuntime | undefined })[Symbol.for("chevet.runtime")];
  if (!lent) throw new Error("pages are served by server/web.ts");
  return lent;
}

/** Who asks, from where and in which language, for a page or a route that Next serves. */
export async function signInCall() {
  const [jar, head, locale] = await Promise.all([cookies(), headers(), getLocale()]);
  return {
    requestId: head.get("x-chevet-request") ?? "",
    locale: languageOf(locale),
    origin: { address: head.get("x-chevet-address") ?? "", userAgent: (head.get("user-agent") ?? "").slice(0, 300) },
    cookie: (name: string) => jar.get(name)?.value,
  };
}

/** Calls procedures as the person whose cookies came with this page. One context per page and clinic. */
export const api = cache(async (clinicSlug?: string, realm: "staff" | "host" | "visitor" = "staff") => {
  const call = await signInCall();
  const { createCaller, origin } = runtime();
  // Of the patient under whose address it is set, and good for nobody but who broke it (server/privacy).
  const glass = id.safeParse(call.cookie("chevet-glass"));
  const prefix = origin.startsWith("https://") ? "__Host-chevet-" : "chevet-";
  return createCaller({
    ...call,
    cookie: (of: Realm) => call.cookie(`${prefix}${of}`),
    readCookie: call.cookie,
    realm,
    clinicSlug,
    background: false,
    ...(glass.success && { breakGlassId: glass.data }),
  });
});
