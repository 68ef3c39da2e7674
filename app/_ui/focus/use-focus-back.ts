"use client";

import { useEffect, useState } from "react";

/**
 * For what exists only while it is open, a drawer or a pane: once it is gone, the focus goes back to what opened it, or to the
 * page when that is gone too. Mantine does it only for a dialog that closes and stays mounted.
 */
export function useFocusBack(): void {
  const [opener] = useState(() => (typeof document === "undefined" ? null : document.activeElement));
  useEffect(
    () => () => {
      // Something else took the focus meanwhile, as the reader asked.
      if (document.activeElement && document.activeElement !== document.body) return;
      const known = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
      (known ? opener : document.getElementById("content"))?.focus({ preventScroll: true });
    },
    [opener],
  );
}
