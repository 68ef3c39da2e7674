import type { RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { type Device, knowsPerson } from "../device/known-device.ts";
import { type OpenedSession, openSession } from "../session/open-session.ts";
import { JourneyRefused } from "./ask-provider.ts";
import { type Identity, personOf } from "./person-of.ts";

/**
 * Opens a session of one clinic for whoever linked themselves to this subject. It counts as one factor: what the provider
 * says of its own factors (`amr`, `acr`) is its word about itself, and a clinic that wants two asks for ours.
 * @throws JourneyRefused notLinked
 */
export async function openByProvider(ctx: RequestContext, identity: Identity, device: Device): Promise<OpenedSession> {
  const { clinicId, issuer } = identity;
  const userId = await personOf(ctx, identity);
  if (!userId) throw new JourneyRefused("notLinked");
  const session = await openSession(ctx, {
    userId,
    realm: "staff",
    method: "oidc",
    secondFactor: false,
    clinicId,
    newDevice: !knowsPerson(device, userId),
  });
  await withAuth({ clinicId, userId }, ctx, (db) =>
    db.federatedIdentity.updateMany({ where: { clinicId, issuer, userId }, data: { lastUsedAt: new Date() } }),
  );
  return session;
}
