"use server";

import { cookies } from "next/headers";
import { type Language, localeCookie, localeOf } from "./locale.ts";

/** Keeps the chosen language for a year and renders the same page again in it. Works as a plain form post, without JavaScript. */
export async function setLocale(language: Language): Promise<void> {
  if (!localeOf(language)) return;
  (await cookies()).set(localeCookie, language, { path: "/", sameSite: "lax", httpOnly: true, maxAge: 31_536_000 });
}
