import fc from "fast-check";
import superjson from "superjson";
import { expect, test } from "vitest";
import { keepAnswer, keptText, writtenAnswer } from "#server/kept-answer.ts";
import { serializeAnswer } from "#server/trpc/serialize-answer.ts";

/** Our few lines write what superjson writes, whatever an answer holds; the order in which the dates are named is of no matter. */

const asSent = (written: object) => JSON.parse(JSON.stringify(written));
const same = (answer: unknown) => expect(asSent(serializeAnswer(answer))).toEqual(asSent(superjson.serialize(answer)));

test("rows, dates, and what only superjson knows", () => {
  const [date, list] = [new Date("2027-03-02T19:30:00Z"), [1]];
  for (const answer of [
    { times: [{ startsAt: date, day: "2027-03-02" }, { startsAt: new Date(0) }], next: null },
    [new Date(1), new Date(2)],
    { a: { b: { c: new Date(3) } }, 0: new Date(4), 10: [new Date(5)] },
    date,
    null,
    undefined,
    "text",
    [],
    {},
    { twice: date, again: date },
    { twice: list, again: list },
    { "a.b": date, "c\\d": date },
    { "": new Date(6) },
    { missing: undefined },
    { none: new Date(Number.NaN), odd: [Number.NaN, -0, Number.POSITIVE_INFINITY] },
    { big: 12n, map: new Map([["a", new Date(7)]]), set: new Set([1]) },
    Object.assign(Object.create(null), { bare: new Date(8) }),
    { own: { toJSON: () => "else" } },
    // biome-ignore lint/suspicious/noSparseArray: on purpose
    [1, , 2],
  ])
    same(answer);
});

test("any nest of plain values and dates", () => {
  const leaf = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.date());
  const key = fc.string().filter((name) => !["__proto__", "constructor", "prototype", "toJSON"].includes(name));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("tree")), fc.dictionary(key, tie("tree"))),
  }));
  fc.assert(
    fc.property(tree, (answer) => void same(answer)),
    { numRuns: 2_000 },
  );
});

test("an answer that is kept is written once, and as every other is", () => {
  const answer = { times: [{ startsAt: new Date(9) }] };
  const write = (one: object) => JSON.stringify(serializeAnswer(one));
  expect(keptText(answer, write)).toBeUndefined();
  keepAnswer(answer);
  expect(keptText(answer, write)).toBe(JSON.stringify(superjson.serialize(answer)));
  expect(keptText(answer, write)).toBe(keptText(answer, write));
});

test("an answer that is JSON already goes on as it is, unread, and is read by whoever asks for a field", async () => {
  const json = '{"rows":[{"at":"2027-01-04T14:00:00+00:00"}],"none":null}';
  const answer = writtenAnswer<{ rows: { at: string }[]; none: null }>(json);
  const never = () => {
    throw new Error("written again");
  };
  expect(JSON.parse(keptText(answer, never) ?? "")).toEqual(asSent(superjson.serialize(JSON.parse(json))));
  expect(answer.rows[0]?.at).toBe("2027-01-04T14:00:00+00:00");
  expect({ ...answer }).toEqual(JSON.parse(json));
  expect(answer).toEqual(JSON.parse(json));
  same(answer);
  // On its way it is awaited, and looked at for what it might be: nothing of that reads it.
  const broken = writtenAnswer("{");
  expect(await Promise.resolve(broken)).toBe(broken);
  expect(Symbol.asyncIterator in broken).toBe(false);
  expect(keptText(broken, never)).toBe('{"json":{}');
});
