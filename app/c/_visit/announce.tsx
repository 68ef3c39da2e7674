"use client";

import { useCallback, useState } from "react";

/** A voice for what changes without the focus: said politely, once each time, even when the words are the same. */
export function useAnnounce() {
  const [said, setSaid] = useState({ text: "", turn: 0 });
  const announce = useCallback((text: string) => setSaid(({ turn }) => ({ text, turn: turn + 1 })), []);
  const voice = (
    <p className="cv-visually-hidden" aria-live="polite" aria-atomic>
      {/* The same words twice are another text to whoever listens. */}
      {said.text}
      {said.turn % 2 ? "\u200b" : ""}
    </p>
  );
  return { announce, voice };
}
