import { verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { DomainError, precondition } from "#server/errors.ts";
import { consumeLimit } from "#server/limit/consume-limit.ts";
import { proofSecrets } from "./issue-challenge.ts";
import type { SolvedChallenge } from "./schema.ts";

/**
 * Takes a solved challenge once: the second time it is shown it is refused, whoever shows it.
 * @throws Precondition `proofNeeded`: forged, expired or already spent; the page works out another one.
 */
export async function checkSolution({ challenge, solution }: SolvedChallenge): Promise<void> {
  const answer = await verifySolution({ challenge, solution, deriveKey, ...proofSecrets() });
  if (!answer.verified) throw precondition("proofNeeded");
  try {
    await consumeLimit("proof-of-work", challenge.parameters.nonce);
  } catch (error) {
    throw error instanceof DomainError ? precondition("proofNeeded") : error;
  }
}
