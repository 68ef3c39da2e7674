import * as client from "openid-client";
import { requirePermission } from "#server/access/require-permission.ts";
import { discoverProvider, providerFault } from "#server/auth/oidc/discover-provider.ts";
import { callbackAddress, openClientSecret } from "#server/auth/oidc/provider.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError } from "#server/errors.ts";
import { consumeLimit } from "#server/limit/consume-limit.ts";
import type { VerifyProviderInput } from "./schema.ts";

/** What can be wrong with a provider, as keys of `settings.provider.findings`. */
export type Finding =
  | "unreachable"
  | "notPublic"
  | "notProvider"
  | "issuerDiffers"
  | "noCodeFlow"
  | "noPkce"
  | "noTokens"
  | "clientRefused";

export interface ProviderCheck {
  /** Empty: nothing is wrong that can be seen without signing in. */
  readonly findings: readonly Finding[];
}

/**
 * Asks a provider who it is and whether it knows us, before anybody depends on it. No one's information leaves: discovery is
 * public, and the code handed in is made up, so that a provider which knows the client answers « not that code ».
 * @throws LimitReached
 */
export async function verifyProvider(ctx: ClinicContext, input: VerifyProviderInput): Promise<ProviderCheck> {
  requirePermission(ctx, "clinic:security");
  await consumeLimit("oidc-check", ctx.clinic.id);
  const { issuer, clientId } = input;
  const clientSecret = input.clientSecret || (await keptSecret(ctx, input));
  try {
    const provider = await discoverProvider({ issuer, clientId, clientSecret });
    const findings = readMetadata(provider.serverMetadata());
    if (!findings.includes("noTokens") && (await isRefused(provider, ctx.clinic.id))) findings.push("clientRefused");
    return { findings };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { findings: [error.key.replace("oidc.", "") as Finding] };
  }
}

/** The secret on record, for the client that it was given for and no other: it is not sent wherever somebody types. */
async function keptSecret(ctx: ClinicContext, { issuer, clientId }: VerifyProviderInput): Promise<string | null> {
  const clinicId = ctx.clinic.id;
  const row = await withStaff(ctx, (db) =>
    db.oidcProvider.findFirst({ where: { clinicId, issuer, clientId }, select: { sealedClientSecret: true } }),
  );
  return openClientSecret(clinicId, row?.sealedClientSecret ?? null);
}

function readMetadata(said: client.ServerMetadata): Finding[] {
  const findings: Finding[] = [];
  if (!said.authorization_endpoint || said.response_types_supported?.includes("code") === false)
    findings.push("noCodeFlow");
  // A provider that is silent about it ignores it at worst: the nonce binds the answer all the same.
  if (said.code_challenge_methods_supported?.includes("S256") === false) findings.push("noPkce");
  if (!said.token_endpoint || !said.jwks_uri) findings.push("noTokens");
  return findings;
}

async function isRefused(provider: client.Configuration, clinicId: string): Promise<boolean> {
  try {
    await client.genericGrantRequest(provider, "authorization_code", {
      code: "chevet-verification",
      redirect_uri: callbackAddress(clinicId),
      code_verifier: client.randomPKCECodeVerifier(),
    });
    return false;
  } catch (error) {
    if (error instanceof client.ResponseBodyError) return error.error === "invalid_client" || error.status === 401;
    if (error instanceof client.WWWAuthenticateChallengeError) return true;
    throw new DomainError("Precondition", `oidc.${providerFault(error)}`);
  }
}
