import { needEnv } from "#server/env.ts";
import { email } from "../password/schema.ts";
import { createOperator } from "./create-operator.ts";

const usage = "operator create <courriel · e-mail>";

/** `operator create <e-mail>`: the first way into the host's console, and the only one that needs no console. */
export async function operatorCommand(args: readonly string[], say: (line: string) => void): Promise<number> {
  const [verb, typed, ...rest] = args;
  if (verb !== "create" || typed === undefined || rest.length > 0) {
    say(usage);
    return 64;
  }
  const address = email.safeParse(typed);
  if (!address.success) {
    say(`« ${typed} » n’est pas une adresse de courriel. · "${typed}" is not an e-mail address.`);
    return 64;
  }
  const { password } = await createOperator(address.data);
  say(`Console · Console: ${needEnv("CHEVET_ORIGIN")}/host/connexion`);
  say(`Courriel · E-mail: ${address.data}`);
  say(
    password
      ? `Mot de passe, montré une seule fois · Password, shown this once: ${password}`
      : "Mot de passe : celui du compte · Password: the account's own",
  );
  say("La première entrée demande d'ajouter un second facteur. · The first sign-in asks to add a second factor.");
  return 0;
}
