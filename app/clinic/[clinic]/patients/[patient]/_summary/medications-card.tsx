"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { sayPosology, sayPosologyShort } from "#server/medication/posology.ts";
import type { MedicationView } from "#server/medication/record.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useOpenDesk } from "../desk-place.ts";
import { begunItems } from "../medicaments/begun-items.ts";
import { Card } from "./card.tsx";
import { MedicationDetail } from "./medication-detail.tsx";
import { Row } from "./row.tsx";
import classes from "./summary.module.css";
import type { CardOf } from "./summary.tsx";
import { useShown } from "./use-shown.ts";

interface MedicationsCardProps extends CardOf {
  mayPrepare: boolean;
}

/** What the patient takes: each line opens in place, and prescribing opens over the chart. Asks for the words of `medications`. */
export function MedicationsCard({ patientId, mayWrite, mayPrepare, nth, asked }: MedicationsCardProps) {
  const t = useTranslations("medications");
  const format = useFormatter();
  const trpc = useTRPC();
  const say = useErrorText();
  const language = languageOf(useLocale());
  const openDesk = useOpenDesk();
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useShown(asked);
  const { data, ...read } = useQuery(trpc.medication.read.queryOptions({ patientId }));
  const active = (data?.medications ?? []).filter(({ status }) => status === "active");
  const stopped = (data?.medications ?? []).filter(({ status }) => status === "stopped");
  const begun = mayPrepare ? begunItems(data) : 0;
  const row = (one: MedicationView) => (
    <Row
      key={one.id}
      nowrap
      open={shown === one.id}
      asked={asked?.id === one.id ? asked : undefined}
      onToggle={() => setShown((before) => (before === one.id ? undefined : one.id))}
      quiet={one.status === "stopped"}
      right={
        one.coveredUntil &&
        one.status === "active" && (
          <>
            <span className="cv-visually-hidden">{t("validUntil")} </span>
            {one.coveredUntil}
          </>
        )
      }
      detail={
        data && (
          <MedicationDetail
            patientId={patientId}
            medication={one}
            prescriptions={data.prescriptions}
            today={data.today}
            mayWrite={mayWrite}
            onRenew={mayPrepare && one.status === "active" ? () => openDesk({ renew: one.id }) : undefined}
          />
        )
      }
    >
      <span className={classes.name}>{`${one.label} ${one.strength}`}</span>
      <span className={classes.when} title={sayPosology({ ...one, durationDays: null }, language)}>
        {sayPosologyShort(one, language)}
      </span>
    </Row>
  );
  return (
    <Card
      title={t("title")}
      {...(data && { count: active.length })}
      meaning={active.some(({ coveredUntil }) => coveredUntil) && t("validUntil")}
      nth={nth}
      open={isOpen}
      onToggle={() => setOpen((before) => !before)}
      more={
        <button type="button" className={classes.more} onClick={() => openDesk()}>
          {begun > 0
            ? t("begun", { count: begun })
            : !mayPrepare
              ? t("history")
              : data && !data.prescriber
                ? t("openList")
                : t("open")}
        </button>
      }
    >
      {read.isError && <p className={classes.none}>{say(read.error).message}</p>}
      {data && active.length === 0 && <p className={classes.none}>{t("none")}</p>}
      <ul className={classes.rows}>{active.map(row)}</ul>
      {stopped.length > 0 &&
        (isOpen ? (
          <>
            <h3 className={classes.under}>{t("stoppedTitle")}</h3>
            <ul className={classes.rows}>{stopped.map(row)}</ul>
          </>
        ) : null)}
      {data && (
        <p className={classes.written}>
          {data.reviewed
            ? t("reviewed", { date: format.dateTime(new Date(data.reviewed.at), "date") })
            : t("neverReviewed")}
          {stopped.length > 0 && !isOpen && (
            <>
              {" · "}
              <button type="button" className={classes.more} onClick={() => setOpen(true)}>
                {t("stoppedCount", { count: stopped.length })}
              </button>
            </>
          )}
        </p>
      )}
    </Card>
  );
}
