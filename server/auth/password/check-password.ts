import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";
import { dictionary as english } from "@zxcvbn-ts/language-en";
import { dictionary as french } from "@zxcvbn-ts/language-fr";
import { invalid } from "#server/errors.ts";
import { longestPassword } from "./hash-password.ts";
import { ownWords, shortestPassword, weakestAllowed } from "./schema.ts";

let meter: ZxcvbnFactory | undefined;

/**
 * Refuses a password that is guessed quickly: length and guessability decide, and the person's own words count against it.
 * No rule of composition and no forced change (NIST SP 800-63B section 5.1.1.2).
 * @param about what others know of the person: name, e-mail, clinic.
 * @throws Invalid beside the field `password`.
 */
export function checkPassword(password: string, about: readonly string[], field = "password"): void {
  const refuse = (key: string) => invalid("signIn.weakPassword", { [field]: key });
  if ([...password].length < shortestPassword) throw refuse("signIn.passwordTooShort");
  if (Buffer.byteLength(password) > longestPassword) throw refuse("signIn.passwordTooLong");
  meter ??= new ZxcvbnFactory({ graphs: adjacencyGraphs, dictionary: { ...common, ...english, ...french } });
  // Its first hundred characters say enough, and bound the work.
  const { score } = meter.check(password.slice(0, 100), ownWords(about));
  if (score < weakestAllowed) throw refuse("signIn.passwordGuessable");
}
