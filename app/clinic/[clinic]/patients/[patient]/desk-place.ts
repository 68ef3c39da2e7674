"use client";

import { createContext, useContext } from "react";

/** What the prescription is opened for; another asking is another object. */
export interface DeskAsked {
  /** A line of the list to put in the basket. */
  readonly renew?: string;
}

const DeskPlace = createContext<(asked?: DeskAsked) => void>(() => undefined);

/** The chart's own: what opens the prescription over it. */
export const DeskPlaceProvider = DeskPlace.Provider;

export const useOpenDesk = () => useContext(DeskPlace);
