"use client";

import { useState } from "react";
import { useErrorText } from "../_trpc/use-error-text.ts";
import { useToast } from "../_ui/toast/toast.tsx";

/** Runs an act of the account once at a time; what goes wrong is said in a toast, unless the caller takes it. */
export function useAct() {
  const say = useErrorText();
  const toast = useToast();
  const [busy, setBusy] = useState(false);

  async function run(
    act: () => Promise<unknown>,
    done?: string,
    onError?: (text: ReturnType<typeof say>) => void,
  ): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    try {
      await act();
      if (done) toast({ message: done });
      return true;
    } catch (error) {
      const text = say(error);
      if (onError) onError(text);
      else toast({ message: text.message, tone: "danger" });
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, run };
}
