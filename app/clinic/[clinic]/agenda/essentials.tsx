"use client";

import { IconAlertTriangle, IconCalendarTime } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef, useState } from "react";
import type { AppointmentView, SittingView } from "#server/appointment/record.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import { useSeenQuery } from "../_schedule/use-seen-query.ts";
import classes from "./essentials.module.css";
import { Identity } from "./identity.tsx";
import pane from "./pane.module.css";
import { type Corner, placeBeside } from "./place-beside.ts";
import { ToKnow } from "./to-know.tsx";

interface EssentialsProps {
  sitting: SittingView;
  visit: AppointmentView;
  words: AgendaWords;
  beside: Element;
}

const width = 300;

/** Who somebody is, what to know of them and when they come next, beside the visit where the pointer rests. Who does not hover opens the visit, which says it too. */
export function Essentials({ sitting, visit, words, beside }: EssentialsProps) {
  const t = useTranslations("agenda");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Corner>();
  const input = { id: visit.id };
  const { data: detail } = useSeenQuery(trpc.appointment.read.queryKey(input), (refresh, options) =>
    client.appointment.read.query({ ...input, refresh }, options),
  );

  useLayoutEffect(() => {
    if (detail) setPlace(placeBeside(beside.getBoundingClientRect(), width, card.current?.offsetHeight ?? 0));
  }, [beside, detail]);

  if (!detail) return null;
  const { person, next } = detail;
  return (
    <div ref={card} className={classes.card} style={place} data-essentials data-print="hide" role="tooltip">
      <p className={classes.name}>{visit.name}</p>
      <Identity person={person} />
      <p className={classes.what}>
        {words.span(sitting.localMinute, sitting.localMinute + sitting.durationMinutes)}
        {` · ${visit.reason || words.service(sitting.serviceId)}`}
      </p>
      <ul className={pane.lines}>
        {!visit.patientId && (
          <li className={classes.alert}>
            <IconAlertTriangle aria-hidden />
            {t("toCheck")}
          </li>
        )}
        <ToKnow detail={detail} alertClass={classes.alert} />
        <li>
          <IconCalendarTime aria-hidden />
          {next
            ? t("nextVisit", {
                day: words.date(next.date),
                time: words.minute(next.minute),
                service: words.service(next.serviceId),
              })
            : t("noNextVisit")}
        </li>
      </ul>
    </div>
  );
}
