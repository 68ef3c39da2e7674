"use client";

import { CloseButton } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { AgendaView, AppointmentView, SittingView } from "#server/appointment/record.ts";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import type { useVisitActs } from "../_schedule/use-visit-acts.ts";
import type { AgendaRights } from "./agenda.tsx";
import { BlockPane } from "./block-pane.tsx";
import { GroupPane } from "./group-pane.tsx";
import { OneVisit } from "./one-visit.tsx";
import classes from "./pane.module.css";

export interface PaneProps {
  agenda: AgendaView;
  sitting: SittingView;
  words: AgendaWords;
  now: Date;
  rights: AgendaRights;
  acts: ReturnType<typeof useVisitActs>;
  refresh: () => Promise<unknown>;
  onMove: () => void;
}

export type VisitProps = PaneProps & { visit: AppointmentView };

/** What is known of the open sitting, beside the agenda; on a tablet or a phone it is a sheet at the bottom. */
export function VisitPane({ onClose, ...props }: PaneProps & { onClose: () => void }) {
  const t = useTranslations("agenda");
  const common = useTranslations("common");
  const { sitting } = props;
  const title = props.words.sitting(sitting).title;
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    // Announced, and reached by Tab from here, without leaving the grid's own focus for a mouse.
    pane.current?.scrollTo(0, 0);
  }, []);
  const visit = sitting.appointments[0];
  return (
    <aside ref={pane} className={classes.pane} aria-label={t("pane", { title })} data-print="hide">
      <div className={classes.top}>
        <span>{t(`kinds.${sitting.kind}`)}</span>
        <CloseButton size="lg" onClick={onClose} aria-label={common("close")} />
      </div>
      {sitting.kind === "block" && <BlockPane {...props} onGone={onClose} />}
      {sitting.kind === "group" && <GroupPane {...props} onGone={onClose} />}
      {sitting.kind === "visit" && visit && <OneVisit {...props} visit={visit} />}
      {sitting.kind === "visit" && !visit && (
        <>
          <h2 className={classes.name}>{title}</h2>
          <p className={classes.quiet}>{t(sitting.status === "held" ? "heldVisitHelp" : "closedVisitHelp")}</p>
        </>
      )}
    </aside>
  );
}
