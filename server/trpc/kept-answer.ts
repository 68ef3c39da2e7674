import { serializeAnswer } from "./serialize-answer.ts";

/** By the answer itself, and gone with it: its text once it was written. */
const texts = new WeakMap<object, string>();

/** Says that an answer is given again and again and never changed, so that it is written as text once. */
export function keepAnswer(answer: object): void {
  texts.set(answer, "");
}

/** The data of an answer as tRPC's transformer writes it, if it is one that was kept. */
export function keptText(answer: unknown): string | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const known = texts.get(answer);
  if (known !== "") return known;
  const text = JSON.stringify(serializeAnswer(answer));
  texts.set(answer, text);
  return text;
}
