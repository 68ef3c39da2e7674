import { t } from "#server/trpc/init.ts";
import { passkeyRouter } from "./passkey/router.ts";

/** Everything about one's own account and sessions. */
export const authRouter = t.router({
  passkey: passkeyRouter,
});
