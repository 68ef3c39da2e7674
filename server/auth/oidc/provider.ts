import type { RequestContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { needEnv } from "#server/env.ts";

/** Where a clinic's provider is, and as whom we ask it. */
export interface Provider {
  readonly issuer: string;
  readonly clientId: string;
  /** null for a public client: PKCE alone then binds the code to us. */
  readonly clientSecret: string | null;
}

/** A door that stands open. */
export interface OpenProvider extends Provider {
  readonly clinicId: string;
  readonly label: string;
}

const placeOf = (clinicId: string) => ({
  clinic: clinicId,
  table: "identity.oidc_provider",
  column: "sealed_client_secret",
  row: clinicId,
});

/** Seals a client secret with the clinic's own key, for that clinic's provider and nothing else. */
export async function sealClientSecret(clinicId: string, secret: string): Promise<Uint8Array<ArrayBuffer>> {
  return sealValue(await openClinicKey(clinicId), placeOf(clinicId), secret);
}

export async function openClientSecret(clinicId: string, sealed: Uint8Array | null): Promise<string | null> {
  return sealed ? openText(await openClinicKey(clinicId), placeOf(clinicId), sealed) : null;
}

/** Where the provider sends people back: built from the configured origin, one address per clinic (RFC 9700 section 4.4.2). */
export function callbackAddress(clinicId: string): string {
  return `${needEnv("CHEVET_ORIGIN")}/api/oidc/${clinicId}/callback`;
}

/** A clinic's provider while its door stands open; null when it is shut or was never there. */
export async function readOpenProvider(ctx: RequestContext, clinicId: string): Promise<OpenProvider | null> {
  const row = await withAuth({ clinicId }, ctx, (db) =>
    db.oidcProvider.findFirst({
      where: { clinicId, enabled: true },
      select: { issuer: true, clientId: true, sealedClientSecret: true, label: true },
    }),
  );
  if (!row) return null;
  const { issuer, clientId, label, sealedClientSecret } = row;
  return { clinicId, issuer, clientId, label, clientSecret: await openClientSecret(clinicId, sealedClientSecret) };
}
