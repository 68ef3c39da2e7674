"use client";

import { IconEyeOff, IconUrgent } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Role } from "#server/access/permissions.ts";
import type { OpeningView } from "#server/privacy/read-openings.ts";
import { Chip, type Tone } from "../../../_ui/chip/chip.tsx";
import type { Column } from "../../../_ui/data-table/data-table.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import classes from "./openings.module.css";
import { Touched } from "./touched.tsx";

interface ColumnsOf {
  timeZone: string;
  ofOnePatient: boolean;
  onPerson: (userId: string) => void;
  onPatient: (patientId: string) => void;
}

const tones: Partial<Record<OpeningView["ground"], Tone>> = { "break-glass": "danger", declared: "attention" };

/** When, who, whose, on what ground, what was read, and what was closed to them. */
export function useOpeningColumns({ timeZone, ofOnePatient, onPerson, onPatient }: ColumnsOf): Column<OpeningView>[] {
  const t = useTranslations("privacy");
  const roles = useTranslations("workspace.roles");
  const reasons = useTranslations("ground.reasons");
  const patient: Column<OpeningView> = {
    key: "patient",
    label: t("openings.patient"),
    cell: ({ patientId, patientName }) => (
      <button
        type="button"
        className={classes.name}
        title={t("openings.whoOpened")}
        onClick={() => onPatient(patientId)}
      >
        {patientName ?? t("openings.unnamed")}
      </button>
    ),
  };
  return [
    {
      key: "when",
      label: t("openings.when"),
      width: "104px",
      secondary: true,
      cell: ({ at }) => <Moment at={at} as="dateAndTime" timeZone={timeZone} />,
    },
    {
      key: "who",
      label: t("openings.who"),
      cell: ({ userId, userName, role, at }) => (
        <>
          <button
            type="button"
            className={classes.name}
            title={t("openings.whomTheyOpened", { who: userName ?? t("openings.unnamed") })}
            onClick={() => onPerson(userId)}
          >
            {userName ?? t("openings.unnamed")}
          </button>
          {role && <span className={`${classes.under} ${classes.role}`}>{roles(role as Role)}</span>}
          <span className={`${classes.under} ${classes.whenNarrow}`}>
            <Moment at={at} as="dateAndTime" timeZone={timeZone} />
          </span>
        </>
      ),
    },
    ...(ofOnePatient ? [] : [patient]),
    {
      key: "ground",
      label: t("openings.ground"),
      cell: ({ ground, reason, words }) => (
        <>
          <Chip tone={tones[ground] ?? "neutral"} icon={ground === "break-glass" && <IconUrgent />}>
            {t(`openings.grounds.${ground}`)}
          </Chip>
          {reason && reason !== "other" && <span className={classes.words}>{reasons(reason)}</span>}
          {words && <span className={classes.words}>{words}</span>}
        </>
      ),
    },
    {
      key: "what",
      label: t("openings.what"),
      secondary: true,
      cell: ({ read, wrote, restricted }) => (
        <>
          <Touched read={read} wrote={wrote} />
          {restricted.length > 0 && (
            <div className={classes.chips}>
              <Chip tone="attention" icon={<IconEyeOff />}>
                {t("openings.closed", { what: restricted.map((one) => t(`categories.${one}`)).join(", ") })}
              </Chip>
            </div>
          )}
        </>
      ),
    },
  ];
}
