import { TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { tokenPattern } from "#server/letter/fields-schema.ts";
import { placePattern } from "#server/note/places.ts";

/** Goes to the next place to fill after the caret, and takes it whole. @returns false when there is none: Tab then leaves as ever */
export function nextField(view: EditorView, from = view.state.selection.to): boolean {
  return goTo(view, placePattern, (start) => start >= from);
}

/** Takes this place whole, wherever the caret is: the first that is written so. */
export function goToPlace(view: EditorView, place: string): boolean {
  view.focus();
  return goTo(view, placePattern, (_, text) => text === place);
}

/** The same of a letter's field that stands open: « {{Médicaments actifs}} ». */
export function goToField(view: EditorView, name: string): boolean {
  view.focus();
  return goTo(view, tokenPattern, (_, text) => text.slice(2, -2).trim() === name);
}

function goTo(view: EditorView, pattern: RegExp, isIt: (start: number, text: string) => boolean): boolean {
  let found: { from: number; to: number } | undefined;
  view.state.doc.descendants((node, at) => {
    if (found || !node.isTextblock) return !found;
    // A place is within one block; marks do not part it.
    for (const match of node.textContent.matchAll(pattern)) {
      const start = at + 1 + match.index;
      if (!isIt(start, match[0])) continue;
      found = { from: start, to: start + match[0].length };
      break;
    }
    return false;
  });
  if (!found) return false;
  view.dispatch(
    view.state.tr.setSelection(TextSelection.create(view.state.doc, found.from, found.to)).scrollIntoView(),
  );
  return true;
}
