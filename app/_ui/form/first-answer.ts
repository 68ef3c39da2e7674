import type { KeyboardEvent } from "react";

/**
 * For a searchable list whose answers come from the server: Enter and Tab take the first one, and never one that answered the letters
 * before. `live`: something was typed, and what is shown answers it.
 */
export const firstAnswer = (live: boolean, waiting: boolean) => ({
  selectFirstOptionOnChange: live,
  autoSelectOnBlur: live,
  onKeyDownCapture(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !waiting) return;
    event.preventDefault();
    event.stopPropagation();
  },
});
