import { randomBytes } from "node:crypto";
import { callbackAddress } from "#server/auth/oidc/provider.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { enableIntegration } from "#server/integration/enable-integration.ts";
import { changeProvider } from "#server/integration/identity-provider/change-provider.ts";
import type { ProviderRecord } from "#server/integration/identity-provider/record.ts";
import { findProvider } from "#server/integration/identity-provider/record.ts";
import { setDoor } from "#server/integration/identity-provider/set-door.ts";
import { type IdentityProvider, startIdentityProvider } from "#tests/servers/identity-provider.ts";
import { requestContext, type TestClinic } from "./clinic.ts";

let shared: Promise<IdentityProvider> | undefined;

/** One provider for all who only need that there is one. */
export function sharedProvider(): Promise<IdentityProvider> {
  shared ??= startIdentityProvider();
  return shared;
}

export const anySubject = () => `sujet-${randomBytes(6).toString("hex")}`;

export const knownProvider = ({ id, owner }: TestClinic) => withStaff(owner.ctx, (db) => findProvider(db, id));

/** Declares the provider's place, as the register asks first. */
export async function declarePlace({ id, owner }: TestClinic): Promise<void> {
  const row = await withStaff(owner.ctx, (db) =>
    db.integration.findFirst({ where: { clinicId: id, code: "oidc" }, select: { version: true, enabled: true } }),
  );
  if (row?.enabled) return;
  const where = { outsideQuebec: false, efvpReference: "", efvpSignedOn: null, agreementReference: "" };
  await enableIntegration(owner.ctx, { code: "oidc", ...where, version: row?.version ?? null });
}

/** Writes the provider down for this clinic, its door still shut. */
export async function writeProvider(clinic: TestClinic, idp: IdentityProvider): Promise<ProviderRecord> {
  idp.admit(callbackAddress(clinic.id));
  return changeProvider(clinic.owner.ctx, {
    version: (await knownProvider(clinic))?.version ?? null,
    label: "Connexion de la clinique",
    issuer: idp.issuer,
    clientId: idp.clientId,
    clientSecret: idp.clientSecret,
  });
}

/** A clinic whose people come in by this provider. */
export async function openDoor(clinic: TestClinic, idp: IdentityProvider): Promise<ProviderRecord> {
  const { version } = await writeProvider(clinic, idp);
  await declarePlace(clinic);
  return setDoor(clinic.owner.ctx, { version, open: true });
}

/** Links a member to a subject without going there. */
export async function linkFor(clinic: TestClinic, userId: string, subject = anySubject()): Promise<string> {
  const clinicId = clinic.id;
  const issuer = (await knownProvider(clinic))?.issuer ?? "";
  await withAuth({ clinicId, userId }, requestContext(), (db) =>
    db.federatedIdentity.createMany({
      data: { clinicId, id: newId(), issuer, subject, userId, linkedAt: new Date(Date.now() - 60_000) },
    }),
  );
  return subject;
}
