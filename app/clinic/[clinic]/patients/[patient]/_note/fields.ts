import { TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/** « [côté] »: a place that a phrase left to fill. */
const field = /\[[^[\]\n]{1,60}\]/g;

/** Goes to the next place to fill after the caret, and takes it whole. @returns false when there is none: Tab then leaves as ever */
export function nextField(view: EditorView, from = view.state.selection.to): boolean {
  let found: { from: number; to: number } | undefined;
  view.state.doc.descendants((node, at) => {
    if (found || !node.isTextblock) return !found;
    // A place is within one block; marks do not part it.
    for (const match of node.textContent.matchAll(field)) {
      const start = at + 1 + match.index;
      if (start < from) continue;
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

/** How many places are left to fill in a text. */
export function countFields(text: string): number {
  return text.match(field)?.length ?? 0;
}
