import * as client from "openid-client";
import { discoverProvider } from "./discover-provider.ts";
import { isFresh, type Journey } from "./journey.ts";
import { callbackAddress, type OpenProvider } from "./provider.ts";
import type { Refusal } from "./schema.ts";

/** What the provider vouches for. */
export interface Vouched {
  readonly subject: string;
}

/** A journey that ends without what it went for. */
export class JourneyRefused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(`Journey refused: ${refusal}.`, options);
    this.name = "JourneyRefused";
    this.refusal = refusal;
  }
}

/**
 * Turns what came back from the provider into who it says is there. The library checks the answer's issuer (RFC 9207) and
 * state, hands the code in with the PKCE verifier, and checks the ID token: signature, issuer, audience, nonce, times.
 * @param query what followed the callback's address, as it came.
 * @throws JourneyRefused
 */
export async function askProvider(provider: OpenProvider, journey: Journey, query: URLSearchParams): Promise<Vouched> {
  const configuration = await discoverProvider(provider).catch((cause) => {
    throw new JourneyRefused("unreachable", { cause });
  });
  // From the configured origin: what a header says of our own address is not believed.
  const answer = new URL(`${callbackAddress(provider.clinicId)}?${query}`);
  const tokens = await client
    .authorizationCodeGrant(configuration, answer, {
      expectedState: query.get("state") ?? "",
      expectedNonce: journey.nonce,
      pkceCodeVerifier: journey.verifier,
      idTokenExpected: true,
    })
    .catch((cause) => {
      throw new JourneyRefused(refusalOf(cause), { cause });
    });
  const claims = tokens.claims();
  if (!claims || claims.sub.length === 0 || claims.sub.length > 255) throw new JourneyRefused("answerRefused");
  // Some providers do not say when the person signed in. That will do to open a session, not to wake one that was left.
  const mustSay = journey.purpose.kind === "unlock" || claims.auth_time !== undefined;
  if (mustSay && !isFresh(journey, claims.auth_time)) throw new JourneyRefused("notFresh");
  return { subject: claims.sub };
}

/** « access_denied » is the person's own word, or the provider's about them; all else is between the provider and us. */
function refusalOf(cause: unknown): Refusal {
  return cause instanceof client.AuthorizationResponseError && cause.error === "access_denied"
    ? "declined"
    : "answerRefused";
}
