import { describe, expect, it } from "vitest";
import { BusyError } from "#server/errors.ts";
import { takeTurns } from "#server/web/take-turns.ts";

/** Previews are made a few at a time for all clinics of a process: nobody keeps the others from theirs. */

const stays = new AbortController().signal;
function held() {
  let end = () => {};
  const until = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, work: () => until };
}

describe("turns", () => {
  it("one person has one at a time, and another passes before their second", async () => {
    const inTurn = takeTurns({ places: 2, mostWaiting: 10, mostOfOne: 10 });
    const begun: string[] = [];
    const [first, second, other] = [held(), held(), held()];
    const run = (who: string, name: string, { work }: { work: () => Promise<void> }) =>
      inTurn(who, stays, () => {
        begun.push(name);
        return work();
      });
    const all = [run("a", "a1", first), run("a", "a2", second), run("b", "b1", other)];
    await new Promise(setImmediate);
    expect(begun).toEqual(["a1", "b1"]);
    first.end();
    await all[0];
    await new Promise(setImmediate);
    expect(begun).toEqual(["a1", "b1", "a2"]);
    second.end();
    other.end();
    await Promise.all(all);
  });

  it("whoever went away leaves the line, and a full line is said", async () => {
    const inTurn = takeTurns({ places: 1, mostWaiting: 1, mostOfOne: 1 });
    const first = held();
    const working = inTurn("a", stays, first.work);
    const gone = new AbortController();
    const left = inTurn("b", gone.signal, async () => "never");
    await expect(inTurn("c", stays, async () => "full")).rejects.toThrow(BusyError);
    gone.abort(new Error("gone"));
    await expect(left).rejects.toThrow("gone");
    const last = inTurn("c", stays, async () => "c");
    first.end();
    await working;
    expect(await last).toBe("c");
    await expect(inTurn("b", gone.signal, async () => "never")).rejects.toThrow("gone");
  });

  it("one person’s many fill their own share of the line, and nobody else’s", async () => {
    const inTurn = takeTurns({ places: 1, mostWaiting: 10, mostOfOne: 2 });
    const first = held();
    const all = [
      inTurn("a", stays, first.work),
      inTurn("a", stays, async () => {}),
      inTurn("a", stays, async () => {}),
    ];
    await expect(inTurn("a", stays, async () => {})).rejects.toThrow(BusyError);
    const other = inTurn("b", stays, async () => "b");
    first.end();
    expect(await other).toBe("b");
    await Promise.all(all);
    await inTurn("a", stays, async () => {});
  });

  it("work that fails gives its place back", async () => {
    const inTurn = takeTurns({ places: 1, mostWaiting: 1, mostOfOne: 1 });
    await expect(inTurn("a", stays, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await inTurn("a", stays, async () => 1)).toBe(1);
  });
});
