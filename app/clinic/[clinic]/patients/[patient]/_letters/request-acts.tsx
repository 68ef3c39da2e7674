"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { RequestView } from "#server/letter/record.ts";
import { todayIn } from "#server/patient/today.ts";
import { type RequestAct, RequestStep } from "./request-step.tsx";
import { useRefreshLetters } from "./use-letters.ts";

const acts = {
  signed: ["sent", "cancel"],
  sent: ["booked", "seen", "report", "expect", "back", "cancel"],
  booked: ["seen", "report", "expect", "back", "cancel"],
  seen: ["report", "expect", "back", "cancel"],
  "report-received": ["back"],
  draft: [],
  cancelled: [],
} as const satisfies Record<RequestView["status"], readonly RequestAct[]>;

/** The next step of a request, in place: the likely one stands first. */
export function RequestActs({ request, patientId }: { request: RequestView; patientId: string }) {
  const t = useTranslations("letters");
  const refresh = useRefreshLetters();
  const [act, setAct] = useState<RequestAct>();
  const [first, ...others]: readonly RequestAct[] = acts[request.status];
  const next = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  // Done or given up, the hand is on what comes next.
  useEffect(() => {
    if (!act && wasOpen.current) next.current?.focus();
    wasOpen.current = act !== undefined;
  }, [act]);
  if (!first) return null;
  const close = () => setAct(undefined);
  if (act)
    return (
      <RequestStep
        act={act}
        request={request}
        patientId={patientId}
        today={today()}
        onClose={close}
        onSettled={(isDone) => {
          if (isDone) close();
          return refresh();
        }}
      />
    );
  return (
    <>
      <Button ref={next} size="compact-sm" onClick={() => setAct(first)}>
        {t(`acts.${first}`)}
      </Button>
      {others.map((one) => (
        <Button key={one} variant="default" size="compact-sm" onClick={() => setAct(one)}>
          {t(`acts.${one}`)}
        </Button>
      ))}
    </>
  );
}

const today = () => todayIn(Intl.DateTimeFormat().resolvedOptions().timeZone);
