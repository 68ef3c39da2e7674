/**
 * The files of Health Canada's Drug Product Database extract and their columns, as its read-me of 2025-08-01 orders them. A file whose lines
 * have another number of columns is refused whole: what moved would otherwise be read as something else.
 */
export interface Layout {
  /** Columns in a line: the least and the most. Therapeutic classes are also published with the old empty AHFS columns. */
  readonly columns: readonly [least: number, most: number];
  /** Without it a set is not a set. */
  readonly needed?: true;
}

export const layouts = {
  drug: { columns: [14, 14], needed: true },
  ingred: { columns: [15, 15], needed: true },
  form: { columns: [4, 4], needed: true },
  route: { columns: [4, 4], needed: true },
  status: { columns: [5, 7], needed: true },
  ther: { columns: [4, 7] },
  schedule: { columns: [3, 3] },
  package: { columns: [6, 9] },
  comp: { columns: [18, 18] },
  pharm: { columns: [2, 3] },
  vet: { columns: [3, 4] },
  biosimilar: { columns: [4, 4] },
} as const satisfies Record<string, Layout>;
export type ExtractFile = keyof typeof layouts;

/** The four sets, by the end of their files' names. */
export const extracts = { "": "marketed", _ap: "approved", _dr: "dormant", _ia: "cancelled" } as const;
export type Extract = (typeof extracts)[keyof typeof extracts];

/** Where a file's name says that it belongs: `ingred_ia.txt` to the ingredients of what is cancelled. undefined for any other file. */
export function placeOf(name: string): { file: ExtractFile; extract: Extract } | undefined {
  const found = /^([a-z]+)(_ap|_ia|_dr)?\.(?:txt|csv)$/i.exec(name.split(/[\\/]/).at(-1) ?? "");
  const word = found?.[1]?.toLowerCase();
  const file = word === "bios" || word === "biosimilars" ? "biosimilar" : word;
  if (!file || !Object.hasOwn(layouts, file)) return undefined;
  return { file: file as ExtractFile, extract: extracts[(found?.[2]?.toLowerCase() ?? "") as keyof typeof extracts] };
}
