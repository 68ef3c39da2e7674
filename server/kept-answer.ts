/** By the answer itself, and gone with it: its text once it was written. */
const texts = new WeakMap<object, string>();

/** Says that an answer is given again and again and never changed, so that it is written as text once. */
export function keepAnswer(answer: object): void {
  texts.set(answer, "");
}

/**
 * An answer that the database wrote as JSON already: to a browser it goes on as that text, neither read nor written again here. Whoever asks it for a
 * field, inside the process, has it read the first time.
 * @param json one object, as PostgreSQL writes it; without dates, since JSON has none.
 */
export function writtenAnswer<T extends object>(json: string): T {
  let read: T | undefined;
  const content = () => {
    read ??= JSON.parse(json) as T;
    return read;
  };
  // Whoever passes it on asks whether it is a promise or a stream: that needs no reading.
  const isField = (key: string | symbol) => typeof key === "string" && key !== "then" && key !== "toJSON";
  const answer = new Proxy({} as T, {
    get: (plain, key) => Reflect.get(isField(key) ? content() : plain, key),
    has: (plain, key) => Reflect.has(isField(key) ? content() : plain, key),
    ownKeys: () => Reflect.ownKeys(content()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(content(), key),
  });
  // What superjson writes of a plain object (server/trpc/serialize-answer.ts).
  texts.set(answer, `{"json":${json}}`);
  return answer;
}

/** An answer as text, if it is one that was kept: written by `write` the first time. */
export function keptText(answer: unknown, write: (answer: object) => string): string | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const known = texts.get(answer);
  if (known !== "") return known;
  const text = write(answer);
  texts.set(answer, text);
  return text;
}
