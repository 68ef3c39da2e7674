/** On the note's pane, and on what stands elsewhere but is its own: its signature in the identity bar. */
const own = "[data-signs-note]";

/**
 * Whether the keys that sign are meant for the note: the hand is in it, on its signature, or on nothing in particular (the page, or a part of it that
 * holds the note). In any other field a signature that cannot be taken back would be an accident.
 */
export function hasHand(pane: Element | null, held: Element | null): boolean {
  if (!pane) return false;
  if (held && held.closest(own) !== null) return true;
  // Beside a document, « nothing in particular » may be the document: nothing is signed then.
  if (pane.ownerDocument.querySelector("[data-document-place]")) return false;
  return held === null || held.contains(pane);
}

/** The form outside the note where the hand is: the same keys keep it, as its Enter does. */
export function formInHand(held: Element | null): HTMLFormElement | null {
  return held?.closest(own) ? null : (held?.closest("form") ?? null);
}
