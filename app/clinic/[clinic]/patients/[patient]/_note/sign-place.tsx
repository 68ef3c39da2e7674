"use client";

import { createContext, type ReactNode, useContext } from "react";
import { createPortal } from "react-dom";

const SignPlace = createContext<HTMLElement | null>(null);

/** Where in the identity bar a note that is being written offers its signature; null until it is on screen. */
export const SignPlaceProvider = SignPlace.Provider;

/** Puts it there: it never scrolls away. */
export function InIdentityBar({ children }: { children: ReactNode }) {
  const place = useContext(SignPlace);
  return place && createPortal(children, place);
}
