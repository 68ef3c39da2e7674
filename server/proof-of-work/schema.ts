import { z } from "zod";

const hex = z.string().regex(/^[0-9a-f]{1,128}$/i, "malformed");

/** What a browser sends back: the challenge as it came, and what it worked out (the shapes of altcha-lib 2). */
export const solvedChallenge = z.object({
  challenge: z.object({
    parameters: z.object({
      algorithm: z.string().max(40),
      nonce: hex,
      salt: hex,
      cost: z.int().max(1_000_000),
      keyLength: z.int().max(64),
      keyPrefix: hex,
      keySignature: hex,
      expiresAt: z.int(),
    }),
    signature: hex,
  }),
  solution: z.object({
    counter: z.int().min(0).max(1_000_000),
    derivedKey: hex,
    time: z.number().optional(),
  }),
});
export type SolvedChallenge = z.output<typeof solvedChallenge>;
