import * as client from "openid-client";
import { DomainError } from "#server/errors.ts";
import { logger } from "#server/logger.ts";
import { hostAndPort, mayBeSpokenTo } from "#server/outbound/check-destination.ts";
import { fetchOutbound } from "#server/outbound/fetch-outbound.ts";
import { OutboundError } from "#server/outbound/outbound-error.ts";
import type { Provider } from "./provider.ts";

/** Why a provider cannot be used, as keys of `errors.oidc`. */
export type ProviderFault = "unreachable" | "notPublic" | "notProvider" | "issuerDiffers";

/** @throws what `providerFault` names. */
export const cannotUse = (fault: ProviderFault) => new DomainError("Precondition", `oidc.${fault}`);

/**
 * Asks the provider who it is (OpenID Connect Discovery) and readies a client for it. Everything the library sends goes by
 * `fetchOutbound`: over TLS, to public addresses, never redirected, to the issuer's own host and the hosts that its
 * metadata name, and nowhere else. ID tokens are checked against the provider's keys, though TLS vouches for them already.
 * @throws Precondition `oidc.unreachable`, `oidc.notPublic`, `oidc.notProvider`, `oidc.issuerDiffers`
 */
export async function discoverProvider({ issuer, clientId, clientSecret }: Provider): Promise<client.Configuration> {
  const server = new URL(issuer);
  const hosts = new Set([hostAndPort(server)]);
  const customFetch: client.CustomFetch = (url, { method, headers, body }) =>
    fetchOutbound(
      { integration: "oidc", hosts: [...hosts], timeoutMs: 8_000, maxBytes: 256 * 1024, maxRedirects: 0 },
      url,
      { method, headers, body: body as string | URLSearchParams | undefined },
    );
  // Whether a place may be spoken to without TLS is for server/outbound to say, and it says so for tests only.
  const execute = [client.enableNonRepudiationChecks, client.allowInsecureRequests];
  try {
    const metadata = await client.discovery(server, clientId, undefined, client.None(), {
      [client.customFetch]: customFetch,
      execute,
    });
    const said = metadata.serverMetadata();
    // The library forgives some issuers a template in place of a name; a link is made with one issuer.
    if (new URL(said.issuer).href !== server.href) throw cannotUse("issuerDiffers");
    // The one place that the browser goes to and our calls do not: it keeps to the same rules.
    const page = said.authorization_endpoint;
    if (page && !(URL.canParse(page) && mayBeSpokenTo(new URL(page)))) throw cannotUse("notPublic");
    for (const endpoint of [said.token_endpoint, said.jwks_uri])
      if (endpoint) hosts.add(hostAndPort(new URL(endpoint)));
    const configuration = new client.Configuration(
      said,
      clientId,
      clientSecret ?? undefined,
      authentication(said, clientSecret),
    );
    configuration[client.customFetch] = customFetch;
    for (const extension of execute) extension(configuration);
    return configuration;
  } catch (error) {
    throw error instanceof DomainError ? error : cannotUse(providerFault(error));
  }
}

/** As the provider says it wants it; basic where it says nothing, which is the standard's default. */
function authentication(said: client.ServerMetadata, secret: string | null): client.ClientAuth {
  if (secret === null) return client.None();
  const ways = said.token_endpoint_auth_methods_supported;
  if (!ways || ways.includes("client_secret_basic")) return client.ClientSecretBasic(secret);
  return client.ClientSecretPost(secret);
}

/** Names what went wrong with a provider, and keeps the code for whoever reads the log. */
export function providerFault(error: unknown): ProviderFault {
  const refused = causes(error).find((cause) => cause instanceof OutboundError);
  logger.warn("oidc.provider-failed", { code: refused?.code ?? codeOf(error) });
  if (refused) return notPublic.has(refused.code) ? "notPublic" : "unreachable";
  if (codeOf(error) === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED") return "issuerDiffers";
  return "notProvider";
}

const notPublic = new Set(["PrivateAddress", "BadAddress", "NotListed"]);

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at instanceof Error && chain.length < 5; at = at.cause) chain.push(at);
  return chain;
}

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code ?? "Error");
