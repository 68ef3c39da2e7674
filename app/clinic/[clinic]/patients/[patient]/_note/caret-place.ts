/** Where somebody was in a note, in this tab: a place, and no word of it. */
export interface CaretPlace {
  readonly noteId: string;
  readonly linkId: string;
  /** In the section, as its editor counts. */
  readonly at: number;
}

const key = "chevet-caret";

/** A reload brings it back; it goes with the tab. A browser that keeps nothing begins at the first section. */
export function keepCaret(place: CaretPlace): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(place));
  } catch {
    // Storage is closed or full.
  }
}

export function readCaret(noteId: string): CaretPlace | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as CaretPlace | null;
    return kept?.noteId === noteId ? kept : undefined;
  } catch {
    return undefined;
  }
}
