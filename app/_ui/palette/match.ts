import type { PaletteItem } from "./palette-source.tsx";

/** Lower case, no accents: « Équipe » is found by "equipe". */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase("fr-CA");
}

/** Items in which each word of the query begins some word, those whose label begins with the query first. */
export function matchItems(items: PaletteItem[], query: string): PaletteItem[] {
  const words = plain(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return items;
  const found = items.filter((item) => {
    const inside = ` ${plain(`${item.label} ${item.detail ?? ""} ${item.keywords ?? ""}`).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
    return words.every((word) => inside.includes(` ${word}`));
  });
  const first = words[0] ?? "";
  return found.sort((a, b) => Number(plain(b.label).startsWith(first)) - Number(plain(a.label).startsWith(first)));
}
