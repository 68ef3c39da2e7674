"use client";

import { useEffect } from "react";
import { isSomethingOpen } from "../../../../_ui/shortcuts/typed-key.ts";
import { formInHand } from "./_note/hand.ts";

/** Ctrl Enter keeps the form of the chart where the hand is, as its Enter does; a field that answers it has done so before. */
export function useFormKeys(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || event.isComposing)
        return;
      const held = document.activeElement;
      const form = held?.matches("input, textarea") && !isSomethingOpen() ? formInHand(held) : null;
      if (!form) return;
      event.preventDefault();
      if (!event.repeat) form.requestSubmit();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
