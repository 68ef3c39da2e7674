"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { v7 as newId } from "uuid";
import type { RequestRecord } from "#server/request-person/record.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";

/** The gestures on one request. Each says what it did, and takes itself back from the toast. */
export function useRequestActs(request: RequestRecord, onSettled: () => void) {
  const t = useTranslations("requests");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  // Minted once: a double click opens one record.
  const [patientId] = useState(() => newId());
  /** Records that look the same and that are on the screen: registering goes on beside them. */
  const [seen, setSeen] = useState<readonly string[]>([]);
  const { id, version } = request;
  const name = `${request.givenName} ${request.familyName}`;

  async function act(work: () => Promise<{ version: number }>, done?: string) {
    setBusy(true);
    setFailure(undefined);
    try {
      const after = await work();
      if (done) toast({ message: done, of: { [id]: after.version }, onUndo: () => takeBack(after.version) });
      onSettled();
    } catch (error) {
      const { message, code, details } = say(error);
      setFailure(message);
      if (code === "Precondition" && Array.isArray(details.ids)) setSeen(details.ids as string[]);
      // Somebody settled it meanwhile: the list says how.
      if (code === "Conflict") onSettled();
    } finally {
      setBusy(false);
    }
  }

  async function takeBack(at: number) {
    try {
      await client.requestPerson.unmatch.mutate({ id, version: at });
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
    onSettled();
  }

  return {
    busy,
    failure,
    seen,
    match: (to: string) =>
      act(() => client.requestPerson.match.mutate({ id, version, patientId: to }), t("matched", { name })),
    register: () =>
      act(
        () =>
          client.requestPerson.register.mutate({
            id,
            version,
            patientId,
            knownDuplicates: [
              ...new Set([...seen, ...(seen.length > 0 ? request.suggestions.map((one) => one.id) : [])]),
            ],
          }),
        t("registered", { name }),
      ),
    unmatch: () => act(() => client.requestPerson.unmatch.mutate({ id, version })),
    dismiss: () => act(() => client.requestPerson.dismiss.mutate({ id, version }), t("dismissed", { name })),
  };
}
