/** Longest wait between the two keys of a chord, in milliseconds. */
export const chordDelay = 2000;

/** Ctrl K, or ⌘ K on a Mac. */
export function isPaletteKey(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
}

/** A dialog or menu on screen takes the keys for itself. (Closed lists stay in the page, hidden.) */
export function isSomethingOpen(): boolean {
  const open = document.querySelectorAll('dialog[open], [role="dialog"], [role="menu"]');
  return [...open].some((element) => element.checkVisibility());
}

/**
 * True when a key must not be taken for a shortcut: it goes into a field, a dialog or menu is open, or it comes with a
 * modifier. AltGr is let through: on the Canadian French layout it types characters, and what counts is what was typed.
 */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.repeat) return true;
  const altGraph = event.getModifierState("AltGraph");
  if (event.metaKey || ((event.ctrlKey || event.altKey) && !altGraph)) return true;
  if (isSomethingOpen()) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select");
}
