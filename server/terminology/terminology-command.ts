import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { loadCodeSystem } from "./load-code-system.ts";
import { readList } from "./read-list.ts";

const usage = `npm run chevet -- terminology load <liste.csv> --system <nom> --version <version> --title <titre> [--title-en <title>] [--notice <texte>]
  charge une liste (kind,code,fr[,en,synonyms]; kind : problem, substance, vaccine, measure) pour toutes les cliniques de cet hébergeur, qui en
  détient la licence · loads a list for every clinic of this host, which holds its licence`;

type Say = (line: string) => void;

/** `terminology load`. @returns 0 when it was loaded, 1 when lines stand in the way, 64 when the question was not understood */
export async function terminologyCommand(args: readonly string[], say: Say): Promise<number> {
  const asked = read(args);
  if (!asked) {
    say(usage);
    return 64;
  }
  const { file, ...system } = asked;
  const { rows, faults } = readList(await readFile(file, "utf8"));
  for (const { line, field, key } of faults.slice(0, 20)) say(`ligne · line ${line}: ${field} ${key}`);
  if (faults.length > 0 || rows.length === 0) {
    say(`rien n’est chargé · nothing was loaded: ${faults.length} fautes · faults, ${rows.length} lignes · lines`);
    return 1;
  }
  await loadCodeSystem(system, rows);
  say(`${system.system} ${system.version}: ${rows.length} codes`);
  return 0;
}

function read(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { system: text, version: text, title: text, "title-en": text, notice: text },
    });
    const [verb, file, ...more] = positionals;
    const { system, version, title } = values;
    if (verb !== "load" || !file || more.length > 0 || !system || !version || !title) return undefined;
    if (!/^[a-z0-9][a-z0-9.-]{0,59}$/.test(system) || system === "own") return undefined;
    return { file, system, version, titleFr: title, titleEn: values["title-en"] ?? title, notice: values.notice ?? "" };
  } catch {
    return undefined;
  }
}
