/** A few words around the first one that was looked for. */
export interface Snippet {
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

const around = 60;

/**
 * Where a folded word begins in a text. Both are compared without accents; when taking accents off changes the number of letters (ligatures taken
 * apart, rare scripts), no place can be told and there is no snippet.
 */
export function snippetOf(text: string, words: readonly string[]): Snippet | null {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  if (plain.length !== text.length) return null;
  const places = words.flatMap((word) => {
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1))
      if (at === 0 || !/[\p{L}\p{N}]/u.test(plain[at - 1] ?? "")) return [{ at, length: word.length }];
    return [];
  });
  const first = places.sort((a, b) => a.at - b.at)[0];
  if (!first) return null;
  const { at, length } = first;
  const line = (part: string) => part.replace(/\s+/gu, " ");
  return {
    before: `${at > around ? "…" : ""}${line(text.slice(Math.max(0, at - around), at)).trimStart()}`,
    match: text.slice(at, at + length),
    after: line(text.slice(at + length, at + length + around)),
  };
}
