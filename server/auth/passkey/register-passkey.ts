import type { z } from "zod";
import type { UserContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { invalid } from "#server/errors.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";
import { spendChallenge } from "./challenge.ts";
import { loadWebauthn } from "./load-webauthn.ts";
import { relyingParty } from "./relying-party.ts";
import type { attestation } from "./schema.ts";

/** Keeps a passkey that the browser just made for this person. The session that made it has passed its second factor. */
export async function registerPasskey(
  ctx: UserContext,
  input: { attestation: z.output<typeof attestation>; label: string },
): Promise<{ id: string }> {
  const userId = ctx.user.id;
  const { attestation, label } = input;
  const challenge = await spendChallenge(ctx, attestation.response.clientDataJSON, userId);
  const party = relyingParty();
  const { verifyRegistrationResponse } = await loadWebauthn();
  const result = await verifyRegistrationResponse({
    response: attestation,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
  }).catch(() => null);
  if (!result?.verified) throw invalid("signIn.passkeyNotMade");
  const { credential, credentialBackedUp } = result.registrationInfo;
  const id = newId();
  await withAuth({ userId }, ctx, async (db) => {
    await db.passkey.createMany({
      data: {
        id,
        userId,
        credentialId: Buffer.from(credential.id, "base64url"),
        publicKey: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: credential.transports ?? [],
        label,
        backedUp: credentialBackedUp,
      },
    });
    await db.session.updateMany({
      where: { id: ctx.session.id, secondFactorAt: null },
      data: { secondFactorAt: new Date() },
    });
    const eventId = await recordIdentityEvent(db, ctx, {
      event: "passkey.added",
      userId,
      sessionId: ctx.session.id,
      detail: { passkey: id },
    });
    await tellPerson(db, { userId, eventId });
  });
  return { id };
}
