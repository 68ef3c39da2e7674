"use client";

import { createContext, type RefObject, useContext, useEffect } from "react";

/** Takes the hand back into the note, where it was; false when it is nowhere in it. */
type TakeBack = () => boolean;

const NoteHand = createContext<RefObject<TakeBack | null>>({ current: null });

/** The chart's own: how whatever lay over a note that is being written gives the hand back to it. */
export const NoteHandProvider = NoteHand.Provider;

/** Gives the hand back to the note; false when there is none. */
export function useGiveBack(): TakeBack {
  const hand = useContext(NoteHand);
  return () => hand.current?.() ?? false;
}

export function useNoteHand(take: TakeBack): void {
  const hand = useContext(NoteHand);
  useEffect(() => {
    hand.current = take;
    return () => {
      hand.current = null;
    };
  });
}
