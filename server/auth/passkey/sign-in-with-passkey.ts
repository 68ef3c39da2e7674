import type { Realm, RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { type Device, knowsPerson } from "../device/known-device.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { mayEnterRealm } from "../session/may-enter-realm.ts";
import { openSession } from "../session/open-session.ts";
import type { SignInAnswer } from "../session/sign-in-with-password.ts";
import type { Assertion } from "./schema.ts";
import { passkeyRefused, verifyAssertion } from "./verify-assertion.ts";

/** Opens a session by a passkey that says by itself whose it is. Failed passwords elsewhere never slow it down. */
export async function signInWithPasskey(
  ctx: RequestContext,
  input: { assertion: Assertion; realm: Realm; device: Device },
): Promise<SignInAnswer> {
  const { realm, device } = input;
  await consumeLimit("passkey-address", addressKey(ctx.origin.address));
  const userId = await verifyAssertion(ctx, input.assertion, null);
  const account = await withAuth({ userId }, ctx, (db) =>
    db.user.findUnique({ where: { id: userId }, select: { id: true, status: true } }),
  );
  if (!(await mayEnterRealm(ctx, realm, account))) {
    await withAuth({}, ctx, (db) =>
      recordIdentityEvent(db, ctx, {
        event: "session.refused",
        outcome: "refused",
        userId,
        detail: { realm, method: "passkey" },
      }),
    );
    throw passkeyRefused();
  }
  const newDevice = !knowsPerson(device, userId);
  return {
    kind: "opened",
    session: await openSession(ctx, { userId, realm, method: "passkey", secondFactor: true, newDevice }),
  };
}
