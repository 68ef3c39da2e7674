import type { BrowserContext } from "@playwright/test";

/** Gives a browser the session of a member, as the sign-in door does. */
export async function enter(context: BrowserContext, { token }: { token: string }, baseURL?: string): Promise<void> {
  await context.addCookies([
    { name: "chevet-staff", value: token, url: baseURL ?? "", httpOnly: true, sameSite: "Lax" },
  ]);
}
