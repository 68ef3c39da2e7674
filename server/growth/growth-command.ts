import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { joinTables } from "./join-tables.ts";
import { chooseGrowthSet, type GrowthSet, listGrowthSets, loadGrowthSet } from "./load-growth-set.ts";
import { readSheet } from "./read-sheet.ts";
import { type AgeUnit, type GrowthTable, indicatorOf, readTable, type TableFault } from "./read-table.ts";

const usage = `npm run chevet -- growth load <dossier ou fichiers> --name <nom> --version <version> --title <titre> [--title-en <title>]
    [--notice <texte>] [--age days|months] [--invented]
  charge des courbes de croissance (tableaux L, M, S de l’OMS ou des CDC, .xlsx ou texte) pour toutes les cliniques de cet hébergeur, qui en accepte
  la licence · loads growth references (L, M, S tables of WHO or the CDC, .xlsx or text) for every clinic of this host, which accepts their licence
npm run chevet -- growth list
npm run chevet -- growth use <nom> <version>
  revient à des courbes déjà chargées · goes back to references that were loaded`;

type Say = (line: string) => void;

/** `growth load | list | use`. @returns 0 when it was done, 1 when files or lines stand in the way, 64 when the question was not understood */
export async function growthCommand(args: readonly string[], say: Say): Promise<number> {
  const asked = read(args);
  if (!asked) {
    say(usage);
    return 64;
  }
  if (asked.verb === "load") return load(asked, say);
  if (asked.verb === "list") {
    for (const one of await listGrowthSets())
      say(`${one.current ? "→" : " "} ${one.name} ${one.version}: ${one.title} (${one.rows} lignes · rows)`);
    return 0;
  }
  const isThere = await chooseGrowthSet(asked.name, asked.version);
  say(`${asked.name} ${asked.version}: ${isThere ? "en usage · in use" : "jamais chargé · never loaded"}`);
  return isThere ? 0 : 1;
}

async function load({ paths, age, set }: LoadAsked, say: Say): Promise<number> {
  const tables: GrowthTable[] = [];
  const faults: TableFault[] = [];
  for (const path of await filesOf(paths)) {
    const file = basename(path);
    if (!indicatorOf(file)) {
      say(`${file}: laissé de côté · left aside`);
      continue;
    }
    const found = readTable(file, await textOf(path), age);
    tables.push(...found.tables);
    faults.push(...found.faults);
    for (const one of found.tables) say(`${file}: ${one.indicator}, ${one.sex}, ${one.rows.length} lignes · rows`);
  }
  for (const { file, line, said } of faults.slice(0, 20)) say(`${file}, ligne · line ${line}: ${said}`);
  const { rows, twice } = joinTables(tables);
  for (const pair of twice) say(`${pair}: les mêmes âges deux fois · the same ages twice`);
  if (faults.length > 0 || twice.length > 0 || rows.length === 0) {
    say(`rien n’est chargé · nothing was loaded: ${faults.length + twice.length} fautes · faults`);
    return 1;
  }
  await loadGrowthSet(set, rows);
  say(`${set.name} ${set.version}: ${rows.length} lignes · rows`);
  return 0;
}

/** WHO's workbooks as their text; anything else as it is. */
async function textOf(path: string): Promise<string> {
  const bytes = await readFile(path);
  return (path.toLowerCase().endsWith(".xlsx") && readSheet(bytes)) || bytes.toString("utf8");
}

async function filesOf(paths: readonly string[]): Promise<string[]> {
  const all = await Promise.all(
    paths.map(async (path) =>
      (await stat(path)).isDirectory() ? (await readdir(path)).sort().map((name) => join(path, name)) : [path],
    ),
  );
  return all.flat();
}

interface LoadAsked {
  readonly verb: "load";
  readonly paths: readonly string[];
  readonly age: AgeUnit | undefined;
  readonly set: GrowthSet;
}

function read(
  args: readonly string[],
): LoadAsked | { verb: "list" } | { verb: "use"; name: string; version: string } | undefined {
  const text = { type: "string" } as const;
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        name: text,
        version: text,
        title: text,
        "title-en": text,
        notice: text,
        age: text,
        invented: { type: "boolean" },
      },
    });
    const [verb, ...paths] = positionals;
    if (verb === "list" && paths.length === 0) return { verb };
    const [chosen, chosenVersion, ...more] = paths;
    if (verb === "use")
      return chosen && chosenVersion && more.length === 0 ? { verb, name: chosen, version: chosenVersion } : undefined;
    const { name, version, title, age } = values;
    if (verb !== "load" || paths.length === 0 || !name || !version || !title) return undefined;
    if (!/^[a-z0-9][a-z0-9.-]{0,59}$/.test(name) || !/^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$/.test(version)) return undefined;
    if (age !== undefined && age !== "days" && age !== "months") return undefined;
    const set = {
      name,
      version,
      titleFr: title,
      titleEn: values["title-en"] ?? title,
      notice: values.notice ?? "",
      invented: values.invented ?? false,
    };
    return { verb, paths, age, set };
  } catch {
    return undefined;
  }
}
