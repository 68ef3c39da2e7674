import { withAuth } from "#server/db/with-auth.ts";
import { requestContext } from "#tests/factories/clinic.ts";
import {
  declarePlace,
  knownProvider,
  linkFor,
  openDoor,
  sharedProvider,
  writeProvider,
} from "#tests/factories/oidc.ts";
import type { Factory } from "./factory.ts";

export const oidcFactories: Readonly<Record<string, Factory>> = {
  "auth.oidc.links": async () => undefined,
  "auth.oidc.startUnlock": async () => undefined,
  "auth.oidc.door": async ({ clinic }) => ({ slug: clinic.slug }),
  "auth.oidc.startSignIn": async ({ clinic }) => {
    await openDoor(clinic, await sharedProvider());
    return { slug: clinic.slug, next: "" };
  },
  "auth.oidc.startLink": async ({ clinic }) => void (await openDoor(clinic, await sharedProvider())),
  "auth.oidc.unlink": async ({ clinic, member: { userId } }) => {
    await openDoor(clinic, await sharedProvider());
    const clinicId = clinic.id;
    await withAuth({ clinicId, userId }, requestContext(), (db) =>
      db.federatedIdentity.deleteMany({ where: { clinicId, userId } }),
    );
    await linkFor(clinic, userId);
  },
  "integration.provider.read": async () => undefined,
  "integration.provider.change": async ({ clinic }) => {
    const { issuer, clientId } = await sharedProvider();
    const version = (await knownProvider(clinic))?.version ?? null;
    return { version, label: "Connexion de la clinique", issuer, clientId, clientSecret: "" };
  },
  "integration.provider.verify": async () => {
    const { issuer, clientId, clientSecret } = await sharedProvider();
    return { issuer, clientId, clientSecret };
  },
  "integration.provider.setDoor": async ({ clinic }) => {
    const { version } = await writeProvider(clinic, await sharedProvider());
    await declarePlace(clinic);
    return { version, open: true };
  },
};
