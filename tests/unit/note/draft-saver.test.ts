import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createDraftSaver, type SaverState } from "#app/clinic/[clinic]/patients/[patient]/_note/draft-saver.ts";
import type { LocalDraft } from "#app/clinic/[clinic]/patients/[patient]/_note/local-drafts.ts";
import type { NoteContent } from "#server/note/schema.ts";

/** A server that keeps one note as ours does, and may not answer; and a browser's keep. */
function world() {
  const server = { revision: 1, text: "", last: "", calls: 0, answers: true, arrives: true };
  const kept = new Map<string, LocalDraft>();
  const states: SaverState[] = [];
  const saver = createDraftSaver<NoteContent>({
    id: "note",
    revision: 1,
    content: say(""),
    async save(content, revision, saveId) {
      server.calls += 1;
      if (!server.arrives) throw new Error("network");
      if (saveId !== server.last) {
        if (revision !== server.revision) throw Object.assign(new Error("moved"), { key: "note.moved" });
        Object.assign(server, { revision: revision + 1, text: textOf(content), last: saveId });
      }
      if (!server.answers) throw new Error("network");
      return { revision: server.revision, savedAt: new Date() };
    },
    refusalOf: (error) =>
      "key" in (error as object) ? { key: (error as { key: string }).key, details: {} } : undefined,
    store: Promise.resolve({
      keep: async (id, draft) => void kept.set(id, draft),
      read: async (id) => kept.get(id) ?? null,
      drop: async (id) => void kept.delete(id),
    }),
    onState: (state) => states.push(state),
  });
  return { server, kept, states, saver, state: () => states.at(-1)?.is };
}

const say = (text: string): NoteContent => ({ title: text, answers: {}, diagnoses: [] });
const textOf = ({ title }: NoteContent) => title;
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("OSC-2: what is typed", () => {
  it("is sent at a pause, once", async () => {
    const { saver, server, state, kept } = world();
    for (const text of ["T", "To", "Toux"]) {
      saver.change(say(text));
      await wait(100);
    }
    expect(server.calls).toBe(0);
    await wait(1_000);
    expect([server.text, server.calls, state(), kept.size]).toEqual(["Toux", 1, "saved", 0]);
  });

  it("is sent every few seconds of somebody who never pauses, far within 30", async () => {
    const { saver, server } = world();
    let text = "";
    for (let n = 0; n < 60; n += 1) {
      text += "x";
      saver.change(say(text));
      await wait(500);
      expect(text.length - server.text.length).toBeLessThan(14);
    }
    expect(server.calls).toBeGreaterThan(3);
  });

  it("is in this browser before it is on the server, and leaves it after", async () => {
    const { saver, kept } = world();
    saver.change(say("Toux"));
    await wait(250);
    expect(kept.get("note")).toMatchObject({ content: { title: "Toux" }, revision: 1 });
    await wait(2_000);
    expect(kept.size).toBe(0);
  });

  it("waits here while the network is away, and goes when it is back", async () => {
    const { saver, server, state, kept } = world();
    server.arrives = false;
    saver.change(say("Toux"));
    await wait(60_000);
    saver.change(say("Toux et fièvre"));
    await wait(60_000);
    expect([server.text, state(), kept.get("note")?.content.title]).toEqual(["", "waiting", "Toux et fièvre"]);
    server.arrives = true;
    saver.retry();
    await wait(5_000);
    expect([server.text, state(), saver.isSaved()]).toEqual(["Toux et fièvre", "saved", true]);
  });

  it("meets itself as itself when only the answer was lost", async () => {
    const { saver, server, state } = world();
    server.answers = false;
    saver.change(say("Toux"));
    await wait(1_000);
    expect([server.text, state()]).toEqual(["Toux", "waiting"]);
    saver.change(say("Toux grasse"));
    server.answers = true;
    await wait(10_000);
    expect([server.text, server.revision, state()]).toEqual(["Toux grasse", 3, "saved"]);
  });

  it("overwrites nobody: moved by another, it stays here, and nothing more is sent", async () => {
    const { saver, server, state, kept } = world();
    server.revision = 5;
    saver.change(say("Toux"));
    await wait(1_000);
    expect(state()).toBe("apart");
    const { calls } = server;
    saver.change(say("Toux grasse"));
    await wait(10_000);
    expect([server.calls, server.text, kept.get("note")?.content.title]).toEqual([calls, "", "Toux grasse"]);
    await expect(saver.flush()).rejects.toThrow();
  });

  it("a signature waits for all of it", async () => {
    const { saver, server } = world();
    saver.change(say("Toux"));
    expect(await saver.flush()).toBe(2);
    saver.change(say("Toux grasse"));
    expect(await saver.flush()).toBe(3);
    expect(server.text).toBe("Toux grasse");
  });
});
