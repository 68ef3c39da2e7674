/** Two letters for a person's disc: first of the first word and first of the last, whatever the script. "Anne-Sophie Gagnon" → "AG". */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => !/^(dre?|mme|m|mr|mrs|ms)\.?$/iu.test(word));
  const first = firstLetter(words[0]);
  return words.length > 1 ? first + firstLetter(words.at(-1)) : first;
}

function firstLetter(word = ""): string {
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    if (/[\p{L}\p{N}]/u.test(segment)) return segment.toLocaleUpperCase("fr-CA");
  }
  return "";
}
