import { t } from "#server/trpc/init.ts";
import { accountRouter } from "./account/router.ts";
import { clinicAuthRouter } from "./clinic/router.ts";
import { oidcRouter } from "./oidc/router.ts";
import { passkeyRouter } from "./passkey/router.ts";
import { passwordRouter } from "./password/router.ts";
import { sessionRouter } from "./session/router.ts";
import { totpRouter } from "./totp/router.ts";

/** Everything about one's own account and sessions, and how a clinic wants its people to sign in. */
export const authRouter = t.router({
  account: accountRouter,
  clinic: clinicAuthRouter,
  oidc: oidcRouter,
  passkey: passkeyRouter,
  password: passwordRouter,
  session: sessionRouter,
  totp: totpRouter,
});
