/** By the answer itself, and gone with it: its text once it was written. */
const texts = new WeakMap<object, string>();

/** Says that an answer is given again and again and never changed, so that it is written as text once. */
export function keepAnswer(answer: object): void {
  texts.set(answer, "");
}

/** The text of an answer, made by `write` the first time; undefined unless it is one that is kept. */
export function keptText(answer: unknown, write: (answer: object) => string): string | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const known = texts.get(answer);
  if (known !== "") return known;
  const text = write(answer);
  texts.set(answer, text);
  return text;
}
