/** Longest wait between the two keys of a chord, in milliseconds. */
export const chordDelay = 2000;

/** Ctrl K, or ⌘ K on a Mac. */
export function isPaletteKey(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
}

const takingKeys = 'dialog[open], [role="dialog"], [role="menu"]';

/** Those on screen. (Closed lists stay in the page, hidden.) */
const shown = (selector: string) =>
  [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => element.checkVisibility());

/** A dialog or menu on screen takes the keys for itself. */
export const isSomethingOpen = (): boolean => shown(takingKeys).length > 0;

/** The same, but for a sheet that has keys of its own: one lies over it, or over a page without such a sheet. */
export const isSomethingAbove = (): boolean => shown(takingKeys).some(({ dataset }) => dataset.keys === undefined);

/** The sheet whose keys act now; undefined where the page's own do. */
export const keysLayer = (): string | undefined => shown("[data-keys]").at(-1)?.dataset.keys;

/**
 * True when a key must not be taken for a shortcut: it goes into a field, a dialog or menu is open, or it comes with a
 * modifier. AltGr is let through: on the Canadian French layout it types characters, and what counts is what was typed.
 */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.repeat) return true;
  const altGraph = event.getModifierState("AltGraph");
  if (event.metaKey || ((event.ctrlKey || event.altKey) && !altGraph)) return true;
  if (isSomethingAbove()) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  // A box that is ticked takes no letters; its space and its arrows are its own.
  if (target.matches('input:is([type="checkbox"], [type="radio"])')) return event.key.length !== 1 || event.key === " ";
  return target.isContentEditable || target.matches("input, textarea, select");
}
