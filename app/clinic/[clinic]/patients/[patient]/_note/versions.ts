import type { NoteView } from "#server/note/read-note.ts";

/** A note or an addendum, with the versions of it that this person may read. */
export interface Versions {
  readonly of: string;
  /** The version that stands; of what was declared an error, the last. */
  readonly shown: NoteView;
  /** The latest first. */
  readonly earlier: readonly NoteView[];
  /** A correction that is being written. */
  readonly pending: NoteView | undefined;
}

export interface ArrangedNote {
  readonly note: Versions;
  readonly addenda: readonly Versions[];
  /** An addendum that is being written. */
  readonly pending: NoteView | undefined;
}

/** What `note.read` told, each correction at the place of what it corrects. Where the note itself is hidden, the first that is not takes its place. */
export function arrangeVersions(told: readonly NoteView[]): ArrangedNote | undefined {
  const all = [...new Set(told.map(({ versionOf }) => versionOf))].flatMap((of): Versions[] => {
    const rows = told.filter(({ versionOf }) => versionOf === of);
    const signed = rows.filter(({ status }) => status !== "preliminary");
    const shown = signed.find(({ stands }) => stands) ?? signed.at(-1);
    if (!shown) return [];
    const earlier = signed.filter((one) => one !== shown).reverse();
    return [{ of, shown, earlier, pending: rows.find(({ status }) => status === "preliminary") }];
  });
  const isAddendum = ({ of }: Versions) => told.some(({ id, relation }) => id === of && relation === "addendum");
  const note = all.find((one) => !isAddendum(one)) ?? all[0];
  if (!note) return undefined;
  return {
    note,
    addenda: all.filter((one) => one !== note),
    pending: told.find(({ status, relation }) => status === "preliminary" && relation === "addendum"),
  };
}
