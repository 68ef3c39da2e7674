import { needEnv } from "#server/env.ts";
import { CryptoError } from "./crypto-error.ts";
import { destroyClinicKey } from "./destroy-clinic-key.ts";
import { keyStatus } from "./key-status.ts";
import { rewrapKeys } from "./rewrap-keys.ts";
import { addKek, makeKekCurrent, retireKek } from "./rotate-kek.ts";
import { processVault } from "./vault.ts";

const usage = `npm run chevet -- keys …
  status                                     qui enveloppe quoi · what wraps what
  rotate                                     nouvelle version, courante, et tout est réenveloppé · new current version, and everything re-wrapped
  add                                        nouvelle version, pas encore utilisée · new version, not used yet
  use <version>                              la rendre courante · make it current
  rewrap                                     réenvelopper ce qui ne l’est pas · re-wrap what is not
  retire <version>                           retirer une version qui n’enveloppe plus rien · take out a version that wraps nothing
  destroy <clinic id> --order <number> --confirm <clinic id>
                                             détruire la clé d’une clinique, sans retour · destroy a clinic's key, no way back`;

type Say = (line: string) => void;

/**
 * `npm run chevet -- keys …`. What it says is for an operator; no key is ever printed.
 * @returns the exit code
 */
export async function keysCommand(args: readonly string[], say: Say): Promise<number> {
  const [verb = "", subject = ""] = args;
  const acts: Record<string, () => Promise<number>> = {
    status: () => tellStatus(say),
    rotate: () => rotate(say),
    add: () => add(say),
    use: () => use(subject, say),
    rewrap: () => rewrap(say),
    retire: () => retire(subject, say),
    destroy: () => destroy(subject, optionOf(args, "--order"), optionOf(args, "--confirm"), say),
  };
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (!act) {
    say(usage);
    return 64;
  }
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    say(error.message);
    return 1;
  }
}

async function tellStatus(say: Say): Promise<number> {
  const status = await keyStatus();
  say(`Magasin de clés · Key store: ${status.place}`);
  for (const { version, keys, inFile } of status.versions) {
    const current = version === status.current ? ", courante · current" : "";
    say(`  ${version}: ${keys} clés · keys${current}${inFile ? "" : ", ABSENTE DU FICHIER · NOT IN THE FILE"}`);
  }
  say(`  détruites · destroyed: ${status.destroyed}`);
  for (const id of status.malformed) say(`  ILLISIBLE · UNREADABLE: ${id}`);
  return status.malformed.length > 0 || status.versions.some(({ keys, inFile }) => keys > 0 && !inFile) ? 1 : 0;
}

async function rotate(say: Say): Promise<number> {
  const version = await addKek(needEnv("CHEVET_KEK_FILE"));
  await use(version, say);
  return rewrap(say);
}

async function add(say: Say): Promise<number> {
  const version = await addKek(needEnv("CHEVET_KEK_FILE"));
  say(`${version} ajoutée au fichier · added to the file`);
  return 0;
}

async function use(version: string, say: Say): Promise<number> {
  await makeKekCurrent(needEnv("CHEVET_KEK_FILE"), version);
  say(`${version} est courante · is current`);
  return 0;
}

async function rewrap(say: Say): Promise<number> {
  const { rewrapped, current, erased, failed } = await rewrapKeys();
  say(
    `réenveloppées · re-wrapped: ${rewrapped}; déjà à jour · already current: ${current}; effacées · erased: ${erased}`,
  );
  for (const { id, reason } of failed) say(`  ${id}: ${reason}`);
  return failed.length > 0 ? 1 : 0;
}

async function retire(version: string, say: Say): Promise<number> {
  await retireKek(needEnv("CHEVET_KEK_FILE"), version, processVault());
  say(`${version} retirée · taken out`);
  return 0;
}

async function destroy(clinicId: string, order: string, confirmation: string, say: Say): Promise<number> {
  if (!order || !clinicId || confirmation !== clinicId) {
    say(
      "Il faut --order <numéro> et --confirm <le même identifiant> · --order <number> and --confirm <the same id> are needed",
    );
    return 64;
  }
  await destroyClinicKey(clinicId, order);
  say(
    `Clé détruite : ${clinicId}. Faites maintenant tourner la clé de chiffrement des clés (keys rotate, puis retire).`,
  );
  say(`Key destroyed: ${clinicId}. Now rotate the key-encryption key (keys rotate, then retire).`);
  return 0;
}

function optionOf(args: readonly string[], name: string): string {
  const at = args.indexOf(name);
  return at < 0 ? "" : (args[at + 1] ?? "");
}
