import { parseArgs } from "node:util";
import { importDrugs } from "./import-drugs.ts";
import { ExtractError } from "./open-extract.ts";

const usage = `npm run chevet -- drugs import <dossier ou .zip> --version <date de l’extrait>
  charge la Base de données sur les produits pharmaceutiques de Santé Canada (fichiers drug, ingred, form…, de tous les suffixes) pour toutes les
  cliniques de cet hébergeur ; interrompu, il reprend où il en était · loads Health Canada’s Drug Product Database; interrupted, it goes on`;

type Say = (line: string) => void;

/** `drugs import`. @returns 0 when it was loaded, 1 when the files stand in the way, 64 when the question was not understood */
export async function drugCommand(args: readonly string[], say: Say): Promise<number> {
  const asked = read(args);
  if (!asked) {
    say(usage);
    return 64;
  }
  try {
    const { products } = await importDrugs({ ...asked, say });
    say(`${asked.version}: ${products.toLocaleString("fr-CA")} produits · products`);
    return 0;
  } catch (error) {
    if (!(error instanceof ExtractError)) throw error;
    say(error.message);
    return 1;
  }
}

function read(args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { version: { type: "string" } },
    });
    const [verb, at, ...more] = positionals;
    const { version } = values;
    if (verb !== "import" || !at || more.length > 0 || !version) return undefined;
    return /^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$/.test(version) ? { at, version } : undefined;
  } catch {
    return undefined;
  }
}
