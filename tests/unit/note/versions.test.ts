import { expect, test } from "vitest";
import { arrangeVersions } from "#app/clinic/[clinic]/patients/[patient]/_note/versions.ts";
import type { NoteView } from "#server/note/read-note.ts";

const row = (id: string, more: Partial<NoteView> = {}) =>
  ({ id, versionOf: id, relation: null, status: "final", stands: true, ...more }) as NoteView;
const ids = (told: readonly NoteView[]) => {
  const arranged = arrangeVersions(told);
  const say = ({ shown, earlier, pending }: NonNullable<typeof arranged>["note"]) =>
    [shown.id, ...earlier.map(({ id }) => id)].join(" < ") + (pending ? ` (${pending.id})` : "");
  return arranged && [say(arranged.note), arranged.addenda.map(say), arranged.pending?.id];
};
const gone = { status: "amended", stands: false } as const;
const correction = (of: string, more: Partial<NoteView> = {}): Partial<NoteView> => ({
  ...{ relation: "correction", versionOf: of },
  ...more,
});

test("each correction is at the place of what it corrects, the latest first, and what is written is apart", () => {
  const told = [
    row("note", gone),
    row("addendum", { relation: "addendum", ...gone }),
    row("first", correction("note", gone)),
    row("better", correction("addendum")),
    row("second", correction("note")),
    row("third", correction("note", { status: "preliminary", stands: false })),
    row("more", { relation: "addendum", status: "preliminary", stands: false }),
  ];
  expect(ids(told)).toEqual(["second < first < note (third)", ["better < addendum"], "more"]);
});

test("where the note is hidden, its correction takes its place, and an addendum keeps its own", () => {
  const addendum = row("addendum", { relation: "addendum" });
  expect(ids([addendum, row("first", correction("note"))])).toEqual(["first", ["addendum"], undefined]);
  expect(ids([addendum])).toEqual(["addendum", [], undefined]);
});

test("of what was declared an error the last is shown", () => {
  const inError = { status: "entered-in-error", stands: false } as const;
  expect(ids([row("note", inError), row("first", correction("note", inError))])?.[0]).toBe("first < note");
});
