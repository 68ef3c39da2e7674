import { accessCommand } from "#server/access/access-command.ts";
import { auditCommand } from "#server/audit/audit-command.ts";
import { operatorCommand } from "#server/auth/operator/operator-command.ts";
import { keysCommand } from "#server/crypto/keys-command.ts";
import { closeDatabases } from "#server/db/database.ts";
import { drugCommand } from "#server/drug/drug-command.ts";
import { EnvError } from "#server/env.ts";
import { growthCommand } from "#server/growth/growth-command.ts";
import { terminologyCommand } from "#server/terminology/terminology-command.ts";

/** The operator's command line (`npm run chevet -- …`): another door to the same verbs. This file joins words to commands. */
type Command = (args: readonly string[], say: (line: string) => void) => Promise<number>;

const commands: Record<string, Command> = {
  access: accessCommand,
  audit: auditCommand,
  drugs: drugCommand,
  growth: growthCommand,
  keys: keysCommand,
  operator: operatorCommand,
  terminology: terminologyCommand,
};

const say = (line: string) => void process.stdout.write(`${line}\n`);
const [name = "", ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;

if (command) {
  process.exitCode = await command(rest, say).catch((error: unknown) => {
    if (!(error instanceof EnvError)) throw error;
    say(error.message);
    return 78;
  });
  await closeDatabases();
} else {
  if (name) say(`Commande inconnue · Unknown command: ${name}`);
  // Asked without its words, each command says how it is used.
  for (const each of Object.values(commands)) await each([], say);
  process.exitCode = 64;
}
