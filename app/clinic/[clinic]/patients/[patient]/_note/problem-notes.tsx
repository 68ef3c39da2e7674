"use client";

import { createContext, useContext } from "react";

/** A problem whose notes are asked for. */
export interface AskedProblem {
  readonly id: string;
  readonly label: string;
}

const ProblemNotes = createContext<(problem: AskedProblem) => void>(() => undefined);

/** The chart's own: what opens the notes of a problem, from its line in the summary or from a diagnosis that is read. */
export const ProblemNotesProvider = ProblemNotes.Provider;

export const useProblemNotes = () => useContext(ProblemNotes);
