"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ImmunizationView } from "#server/summary/record.ts";
import { Card } from "./card.tsx";
import { EntryActs } from "./entry-acts.tsx";
import { Row } from "./row.tsx";
import classes from "./summary.module.css";
import type { CardOf } from "./summary.tsx";
import { useShown } from "./use-shown.ts";
import { VaccineForm } from "./vaccine-form.tsx";

/** As many as stay on the first screen; the rest is one key away. */
const atRest = 3;

interface VaccinesCardProps extends CardOf {
  vaccines: readonly ImmunizationView[];
  today: string;
}

/** Vaccines, the last first; a refusal is written as such, with its reason. */
export function VaccinesCard({ vaccines, today, patientId, mayWrite, nth, asked }: VaccinesCardProps) {
  const t = useTranslations("record");
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useShown(asked);
  const close = () => setShown(undefined);
  const listed = isOpen ? vaccines : vaccines.filter(({ id }, at) => at < atRest || id === shown);
  return (
    <Card
      title={t("vaccines.title")}
      count={vaccines.length}
      nth={nth}
      open={isOpen}
      onToggle={() => setOpen((before) => !before)}
      onAdd={mayWrite ? () => setShown("new") : undefined}
      addLabel={t("vaccines.add")}
      more={
        !isOpen &&
        vaccines.length > atRest && (
          <button type="button" className={classes.more} onClick={() => setOpen(true)}>
            {t("more", { count: vaccines.length - atRest })}
          </button>
        )
      }
    >
      {shown === "new" && <VaccineForm patientId={patientId} today={today} onClose={close} onOpen={setShown} />}
      {vaccines.length === 0 && shown !== "new" && <p className={classes.none}>{t("none")}</p>}
      <ul className={classes.rows}>
        {listed.map((one) => (
          <Row
            key={one.id}
            open={shown === one.id}
            asked={asked?.id === one.id ? asked : undefined}
            onToggle={() => setShown((before) => (before === one.id ? undefined : one.id))}
            right={
              one.status === "not-done" ? (
                <span className={classes.refused}>
                  {t("vaccines.refused")} {one.occurred.slice(0, 7)}
                </span>
              ) : (
                <span className={classes.when}>{one.occurred}</span>
              )
            }
            detail={
              <>
                {mayWrite ? (
                  <VaccineForm patientId={patientId} today={today} vaccine={one} onClose={close} onOpen={setShown} />
                ) : (
                  [one.product, one.lot, one.notDoneReason, one.note].filter(Boolean).join(" · ")
                )}
                <EntryActs
                  {...one}
                  kind="immunization"
                  mayWrite={mayWrite}
                  onGone={close}
                  task={{ title: one.vaccine, patientId, focus: { kind: "immunization", id: one.id } }}
                />
              </>
            }
          >
            <span className={classes.name}>{one.vaccine}</span>
            {one.doseNumber !== null && (
              <span className={classes.when}>{t("vaccines.doseN", { number: one.doseNumber })}</span>
            )}
          </Row>
        ))}
      </ul>
    </Card>
  );
}
