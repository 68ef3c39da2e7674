import { type Challenge, createChallenge, randomInt } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { needEnv } from "#server/env.ts";

/** Ten minutes: enough to fill a form, too short to stock up on solved ones. */
export const challengeSeconds = 600;

/** About a second of a telephone's work, on average 400 derivations of 5,000 rounds; a millisecond to make and to check. */
const cost = 5_000;
const fewest = 200;
const most = 600;

export function proofSecrets() {
  const secret = needEnv("CHEVET_SECRET_STAFF");
  return { hmacSignatureSecret: `pow:${secret}`, hmacKeySignatureSecret: `pow-key:${secret}` };
}

/**
 * A small sum that a browser works out before a door that costs us a mail: our own, no third party sees anybody (altcha, PoW v2).
 * @param counter how many derivations it takes
 */
export function issueChallenge(counter = randomInt(most, fewest)): Promise<Challenge> {
  return createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost,
    counter,
    deriveKey,
    expiresAt: new Date(Date.now() + challengeSeconds * 1_000),
    ...proofSecrets(),
  });
}
