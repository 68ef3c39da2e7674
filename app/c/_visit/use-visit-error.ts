"use client";

import { useCallback, useState } from "react";
import { useErrorText } from "../../_trpc/use-error-text.ts";

/** The last refusal of a call, in the reader's language, and where each of its sentences belongs. */
export function useVisitError() {
  const say = useErrorText();
  const [failure, setFailure] = useState<string>();
  const fail = useCallback(
    (error: unknown) => {
      const told = say(error);
      setFailure(told.message);
      return told;
    },
    [say],
  );
  const clear = useCallback(() => setFailure(undefined), []);
  return { failure, fail, clear };
}
