import type { RequestContext } from "#server/context.ts";
import { needEnv } from "#server/env.ts";
import { cookieName, deviceCookieName, setCookieHeader } from "../cookies.ts";
import { deviceSeconds } from "../device/know-browser.ts";
import { readDevice, rememberPerson } from "../device/known-device.ts";
import { openSession, sessionSeconds } from "./open-session.ts";

/**
 * Opens the first staff session of a person who has just made their account in this browser, and hands its cookies over.
 * There is no second factor to ask for yet, and no notice to mail: the account is a minute old.
 */
export async function admitNewcomer(
  ctx: RequestContext & { readonly setCookie?: (cookie: string) => void },
  userId: string,
): Promise<void> {
  const origin = needEnv("CHEVET_ORIGIN");
  const { requestId, locale, origin: from } = ctx;
  const session = await openSession(
    { requestId, locale, origin: from },
    { userId, realm: "staff", method: "password", secondFactor: false, newDevice: false },
  );
  const device = rememberPerson(readDevice(undefined), userId);
  ctx.setCookie?.(setCookieHeader(cookieName("staff", origin), session.token, sessionSeconds, origin));
  ctx.setCookie?.(setCookieHeader(deviceCookieName(origin), device, deviceSeconds, origin));
}
