import type { useTRPCClient } from "../../_trpc/client.tsx";
import type { useProof } from "../../_trpc/use-proof.ts";
import type { SentCode } from "./draft.ts";

interface Asked {
  client: ReturnType<typeof useTRPCClient>;
  proof: ReturnType<typeof useProof>;
  email: string;
  locale: "fr" | "en";
  /** The last code sent: when it went to this address and is good for two more minutes, it is used again. */
  sent: SentCode | undefined;
}

/** Has a code mailed to the address. */
export async function askCode({ client, proof, email, locale, sent }: Asked): Promise<SentCode> {
  if (sent?.email === email && Date.parse(sent.expiresAt) > Date.now() + 120_000) return sent;
  const answer = await client.signUp.requestCode.mutate({ email, locale, proof: await proof.take() });
  return {
    secretId: answer.secretId,
    email,
    sentAt: new Date().toISOString(),
    expiresAt: answer.expiresAt.toISOString(),
  };
}
