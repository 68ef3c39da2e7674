"use client";

import { Button, CloseButton } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import type { AuditEventRecord, Named } from "#server/audit/record.ts";
import { useFocusBack } from "../../../_ui/focus/use-focus-back.ts";
import { Moment } from "../../../_ui/moment/moment.tsx";
import classes from "./journal.module.css";
import { useEventWords } from "./use-event-words.ts";

type PaneProps = {
  event: AuditEventRecord;
  timeZone: string;
  onClose: () => void;
  /** Shows every line about a patient; absent for those who read their own gestures only. */
  onPatient?: (patientId: string) => void;
};

/** Everything that one line holds, and its place in the sealed chain. */
export function EventPane({ event, timeZone, onClose, onPatient }: PaneProps) {
  const t = useTranslations("journal");
  const roles = useTranslations("workspace.roles");
  const { say } = useEventWords();
  const title = useId();
  useFocusBack();
  const role = event.agentRole as "owner" | null;
  const { patient, seq, hash } = event;
  const others = event.entities.filter(({ id }) => id !== patient?.id);

  return (
    <aside className={classes.pane} aria-labelledby={title}>
      <div className={classes.paneHead}>
        <h2 id={title} className={classes.paneTitle}>
          {say(event.event)}
        </h2>
        <CloseButton onClick={onClose} aria-label={t("close")} />
      </div>
      <dl className={classes.facts}>
        <Fact name={t("when")}>
          <Moment at={event.recordedAt} as="dateAndTime" timeZone={timeZone} ago />
          <span className={classes.hash}>{event.recordedAt.toISOString()}</span>
        </Fact>
        <Fact name={t("person")}>
          {event.agent ? (event.agent.label ?? t("unnamed")) : t("system")}
          {role && roles.has(role) && <span className={classes.quiet}> · {roles(role)}</span>}
        </Fact>
        <Fact name={t("outcome")}>{t(`outcomes.${event.outcome}`)}</Fact>
        {patient && <Fact name={t("patient")}>{patient.label ?? t("unnamed")}</Fact>}
        {others.length > 0 && (
          <Fact name={t("entities", { count: others.length })}>
            <Entities entities={others} />
          </Fact>
        )}
        {event.address && <Fact name={t("address")}>{event.address}</Fact>}
        {Object.entries(event.detail).map(([name, value]) => (
          <Fact key={name} name={name} code>
            {typeof value === "string" ? value : JSON.stringify(value)}
          </Fact>
        ))}
        {event.requestId && (
          <Fact name={t("request")} code>
            {event.requestId}
          </Fact>
        )}
        <Fact name={t("seal")} code={hash !== null}>
          {seq === null ? t("notSealed") : t("sealed", { seq })}
          {hash && <span className={classes.hash}>{hash}</span>}
        </Fact>
      </dl>
      {patient && onPatient && (
        <Button variant="default" fullWidth onClick={() => onPatient(patient.id)}>
          {t("allAboutPatient")}
        </Button>
      )}
    </aside>
  );
}

function Fact({ name, code, children }: { name: string; code?: boolean; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd data-code={code || undefined}>{children}</dd>
    </div>
  );
}

const SHOWN = 10;

/** Names where there are names; the server names the first ones, and the line keeps every id. */
function Entities({ entities }: { entities: readonly Named[] }) {
  const t = useTranslations("journal");
  return (
    <>
      {entities.slice(0, SHOWN).map(({ id, label }) => (
        <span key={id} className={label ? classes.entity : classes.hash}>
          {label ?? id}
        </span>
      ))}
      {entities.length > SHOWN && (
        <span className={classes.quiet}>{t("andOthers", { count: entities.length - SHOWN })}</span>
      )}
    </>
  );
}
