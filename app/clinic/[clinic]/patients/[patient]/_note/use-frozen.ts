import { type RefObject, useEffect } from "react";

/**
 * While a note is being signed nothing more is written in it: what came after the text that is signed would be in no note. The caret stays where it is,
 * and all is as before if the signature is refused.
 */
export function useFrozen(pane: RefObject<HTMLElement | null>, isFrozen: boolean): void {
  useEffect(() => {
    const place = pane.current;
    if (!isFrozen || !place) return;
    const refuse = (event: Event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    function onKeyDown(event: KeyboardEvent) {
      const held = document.activeElement;
      // A key alone would write in the note, or, out of it, be heard as one of the page.
      const isHere = held === null || held === document.body || place?.contains(held);
      if (isHere && event.key !== "Tab" && !event.ctrlKey && !event.metaKey) refuse(event);
    }
    const writes = ["beforeinput", "paste", "cut", "drop"];
    window.addEventListener("keydown", onKeyDown, true);
    for (const name of writes) place.addEventListener(name, refuse, true);
    return () => {
      window.removeEventListener("keydown", onKeyDown, true);
      for (const name of writes) place.removeEventListener(name, refuse, true);
    };
  }, [pane, isFrozen]);
}
