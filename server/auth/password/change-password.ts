import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";
import { checkPassword } from "./check-password.ts";
import { hashPassword } from "./hash-password.ts";
import { setPassword } from "./set-password.ts";

/** Changes, or sets for the first time, the password of a person who has just proved who they are. Their other sessions end. */
export async function changePassword(ctx: UserContext, password: string): Promise<void> {
  const { id: userId, email, displayName } = ctx.user;
  checkPassword(password, [email, displayName]);
  const passwordHash = await hashPassword(password);
  await withAuth({ userId }, ctx, async (db) => {
    await setPassword(db, { userId, passwordHash, keepSessionId: ctx.session.id });
    const eventId = await recordIdentityEvent(db, ctx, {
      event: "password.changed",
      userId,
      sessionId: ctx.session.id,
    });
    await tellPerson(db, { userId, eventId });
  });
}
