"use client";

import { Button } from "@mantine/core";
import { IconArrowsMove, IconFileText } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { SeeAgain } from "../_record/see-again.tsx";
import { StateChip } from "../_schedule/state-chip.tsx";
import { minutesIn, nextStep, stateIcons, stateOf, steps } from "../_schedule/states.tsx";
import { useSeenQuery } from "../_schedule/use-seen-query.ts";
import { PatientPreview } from "../_shell/patient-preview.tsx";
import { MakeTask } from "../_tasks/make-task.tsx";
import { Identity } from "./identity.tsx";
import classes from "./pane.module.css";
import { VisitFacts } from "./visit-facts.tsx";
import { VisitMenu } from "./visit-menu.tsx";
import type { VisitProps } from "./visit-pane.tsx";
import { WriteNote } from "./write-note.tsx";

/** One person's visit: who it is, where it stands, its one next state, then everything around it. */
export function OneVisit(props: VisitProps) {
  const { agenda, sitting, visit, words, now, rights, acts } = props;
  const t = useTranslations("agenda");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [preview, setPreview] = useState(false);
  const input = { id: visit.id };
  const detail = useSeenQuery(trpc.appointment.read.queryKey(input), (refresh, options) =>
    client.appointment.read.query({ ...input, refresh }, options),
  );
  const state = stateOf(visit);
  const to = nextStep(state);
  const timer = sitting.localDate === agenda.today ? minutesIn(visit, now) : undefined;
  const room = words.resource(visit.roomId);
  const professional = agenda.resources.find(({ id, kind }) => id === sitting.resourceId && kind === "practitioner");
  // A visit of another day neither arrives nor ends today.
  const mayAdvance = rights.write && to && sitting.localDate <= agenda.today;

  return (
    <>
      <h2 className={classes.name}>{visit.name}</h2>
      <Identity person={detail.data?.person} />
      <div className={classes.chips}>
        <StateChip
          state={state}
          more={[room, timer !== undefined && t("minutes", { count: timer })].filter(Boolean).join(" · ") || undefined}
        />
        {visit.newPatient && <Chip tone="info">{t("newPatient")}</Chip>}
        {sitting.overbooked && <Chip tone="attention">{t("overbooked")}</Chip>}
        {sitting.mode !== "in-person" && <Chip tone="info">{t(`book.modes.${sitting.mode}`)}</Chip>}
      </div>
      {!visit.patientId && (
        <div className={classes.note}>
          <strong>{t("toCheck")}</strong>
          {t("toCheckHelp")}
        </div>
      )}
      {state !== "cancelled" && state !== "noshow" && <StepBar {...props} />}
      {mayAdvance && (
        <Button
          fullWidth
          leftSection={
            <span className={classes.icon} aria-hidden>
              {stateIcons[to]}
            </span>
          }
          rightSection={<KeyCap>c</KeyCap>}
          aria-keyshortcuts="c"
          onClick={() => acts.advance(visit, to)}
        >
          {t(`advance.${to}`, { who: words.resource(sitting.resourceId) })}
        </Button>
      )}
      <div className={classes.acts}>
        {visit.patientId && state !== "cancelled" && state !== "noshow" && (
          <WriteNote patientId={visit.patientId} appointmentId={visit.id} date={sitting.localDate} />
        )}
        {visit.patientId && rights.readPatients && (
          <Button
            variant="default"
            leftSection={<IconFileText size={18} aria-hidden />}
            onClick={() => setPreview(true)}
          >
            {t("record")}
          </Button>
        )}
        {rights.write && sitting.status === "booked" && (state === "expected" || state === "arrived") && (
          <Button
            variant="default"
            leftSection={<IconArrowsMove size={18} aria-hidden />}
            onClick={props.onMove}
            aria-keyshortcuts="m"
          >
            {t("move")}
          </Button>
        )}
        {rights.write && <VisitMenu {...props} />}
      </div>
      {visit.patientId && rights.write && (
        <div className={classes.acts}>
          <SeeAgain patientId={visit.patientId} name={visit.name} practitionerId={professional?.id} />
          <MakeTask
            size="sm"
            variant="default"
            start={{ patientId: visit.patientId, focus: { kind: "appointment", id: visit.id } }}
          />
        </div>
      )}
      <VisitFacts {...props} detail={detail.data} />
      {preview && visit.patientId && (
        <PatientPreview id={visit.patientId} mayPlan={rights.write} onClose={() => setPreview(false)} />
      )}
    </>
  );
}

const times = { arrived: "arrivedAt", roomed: "roomedAt", "with-professional": "startedAt", done: "doneAt" } as const;

/** Four bars, each with its hour once it is reached. */
function StepBar({ visit, sitting, words }: VisitProps) {
  const t = useTranslations("agenda");
  const format = useFormatter();
  const at = steps.indexOf(stateOf(visit) as "arrived");
  const zone = words.zoneOf(sitting.locationId);
  return (
    <ol className={classes.steps} aria-label={t("steps")}>
      {(["arrived", "roomed", "with-professional", "done"] as const).map((step) => {
        const since = visit[times[step]];
        const done = steps.indexOf(step) <= at;
        return (
          <li key={step} className={classes.step} data-done={done || undefined}>
            {t(`shortStates.${step}`)}
            {since && (
              <span>{format.dateTime(new Date(since), "time", { timeZone: zone }).replaceAll(" ", "\u00a0")}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
