import { needEnv } from "#server/env.ts";
import type { CallContext } from "#server/trpc/context.ts";
import { deviceCookieName, setCookieHeader } from "../cookies.ts";
import { readDevice, rememberPerson } from "./known-device.ts";

/** How long a browser is remembered (seconds); browsers keep no cookie longer. */
export const deviceSeconds = 400 * 86_400;

/** Marks this browser as one that the person uses: who opens a link of their mail is no stranger to the account. */
export function knowBrowser(call: CallContext, userId: string): void {
  const origin = needEnv("CHEVET_ORIGIN");
  const name = deviceCookieName(origin);
  call.setCookie?.(
    setCookieHeader(name, rememberPerson(readDevice(call.readCookie?.(name)), userId), deviceSeconds, origin),
  );
}
