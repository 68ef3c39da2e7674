"use client";

import { Button } from "@mantine/core";
import { IconArrowsMove, IconTrash, IconUserPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v7 } from "uuid";
import type { AppointmentView } from "#server/appointment/record.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { PatientPicker, type Person } from "../_schedule/patient-picker.tsx";
import { registerPerson } from "../_schedule/register-person.ts";
import { StateChip } from "../_schedule/state-chip.tsx";
import { nextStep, stateOf } from "../_schedule/states.tsx";
import classes from "./pane.module.css";
import { VisitMenu } from "./visit-menu.tsx";
import type { PaneProps } from "./visit-pane.tsx";

/** A group: who has a place in it, each with a state of their own, and the places left. */
export function GroupPane(props: PaneProps & { onGone: () => void }) {
  const { sitting, words, rights, acts, refresh } = props;
  const t = useTranslations("agenda");
  const client = useTRPCClient();
  const toast = useToast();
  const [adding, setAdding] = useState(false);
  const { localDate, localMinute, durationMinutes } = sitting;
  const said = words.sitting(sitting);
  const seated = sitting.appointments.filter(({ status }) => status !== "cancelled");
  const empty = seated.length === 0;

  const close = () =>
    acts.attempt(async () => {
      await client.appointment.unblock.mutate({ id: sitting.id, version: sitting.version });
      props.onGone();
      await refresh();
      toast({ message: t("told.groupClosed", { title: said.title }) });
    });

  return (
    <>
      <h2 className={classes.name}>{said.title}</h2>
      <p className={classes.identity}>
        {words.date(localDate)}, {words.span(localMinute, localMinute + durationMinutes)}
        <br />
        {[words.resource(sitting.resourceId), said.second].filter(Boolean).join(" · ")}
      </p>
      {rights.write && sitting.status === "booked" && (
        <div className={classes.acts}>
          {seated.length < sitting.capacity && (
            <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setAdding(true)}>
              {t("addPerson")}
            </Button>
          )}
          <Button variant="default" leftSection={<IconArrowsMove size={18} aria-hidden />} onClick={props.onMove}>
            {t("move")}
          </Button>
          {empty && (
            <Button variant="default" leftSection={<IconTrash size={18} aria-hidden />} onClick={close}>
              {t("closeGroup")}
            </Button>
          )}
        </div>
      )}
      {adding && <AddPerson {...props} onDone={() => setAdding(false)} />}
      <ul className={classes.members}>
        {sitting.appointments.map((visit) => (
          <Member key={visit.id} {...props} visit={visit} />
        ))}
      </ul>
    </>
  );
}

function Member(props: PaneProps & { visit: AppointmentView }) {
  const { agenda, sitting, visit, words, rights, acts } = props;
  const t = useTranslations("agenda");
  const state = stateOf(visit);
  const to = nextStep(state);
  return (
    <li className={classes.member} data-off={state === "cancelled" || undefined}>
      <span className={classes.memberName}>{visit.name}</span>
      <StateChip state={state} />
      {rights.write && (
        <span className={classes.memberActs}>
          {to && sitting.localDate <= agenda.today && (
            <Button variant="default" size="compact-sm" onClick={() => acts.advance(visit, to)}>
              {t(`advance.${to}`, { who: words.resource(sitting.resourceId) })}
            </Button>
          )}
          <VisitMenu {...props} />
        </span>
      )}
    </li>
  );
}

/** Gives a place to somebody. */
function AddPerson({ sitting, rights, acts, refresh, onDone }: PaneProps & { onDone: () => void }) {
  const t = useTranslations("agenda");
  const common = useTranslations("common");
  const client = useTRPCClient();
  const toast = useToast();
  const [ids] = useState(() => ({ appointment: v7(), patient: v7() }));
  const [person, setPerson] = useState<Person | null>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!person) return;
    void acts.attempt(async () => {
      const { id: patientId, name } = await registerPerson(client, person, ids.patient);
      await client.appointment.join.mutate({ id: ids.appointment, sittingId: sitting.id, patientId });
      onDone();
      await refresh();
      toast({ message: t("told.joined", { name }) });
    });
  }

  return (
    <form onSubmit={submit} noValidate className={classes.part}>
      <PatientPicker value={person} onChange={setPerson} mayRegister={rights.register} errors={{}} />
      <div className={classes.acts}>
        <Button type="submit" disabled={!person}>
          {t("addPerson")}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {common("cancel")}
        </Button>
      </div>
    </form>
  );
}
