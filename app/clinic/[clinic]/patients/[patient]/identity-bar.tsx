"use client";

import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { OpenChartView } from "#server/chart/record.ts";
import { Chip } from "../../../../_ui/chip/chip.tsx";
import { PersonDisc } from "../../../../_ui/person/person-disc.tsx";
import { AccessFact, AccessState } from "./access-state.tsx";
import classes from "./identity-bar.module.css";
import { Nam } from "./nam.tsx";
import { RefusalChips } from "./refusal-chips.tsx";

interface IdentityBarProps {
  chart: OpenChartView;
  /** What must not be missed of care; nothing for the front desk. */
  allergies?: ReactNode;
  children?: ReactNode;
  /** On a phone the acts are a button of its own size, beside the name; wider ones take their own line. */
  compact?: boolean;
}

/** Who this is and on what ground one is here: it never scrolls away. Names are never cut. */
export function IdentityBar({ chart, allergies, children, compact = false }: IdentityBarProps) {
  const t = useTranslations("chart");
  const { patient, age } = chart;
  const { sex, pronouns, birthDate, preferredName, deceasedOn, status, alerts } = patient;
  return (
    <header className={classes.bar}>
      <PersonDisc name={patient.displayName} size={40} />
      <div className={classes.who}>
        <h1 className={classes.name}>{patient.displayName}</h1>
        <p className={classes.line}>
          {age && <strong>{t(`age.${age.unit}`, { count: age.count })}</strong>}
          {sex && (
            <>
              {age && " · "}
              <strong>{t(`sex.${sex}`)}</strong>
            </>
          )}
          <Birth birthDate={birthDate} sex={sex} />
          {preferredName && <span className={classes.part}>{t("called", { name: preferredName })}</span>}
          {pronouns && <span className={classes.part}>{pronouns}</span>}
        </p>
      </div>
      <dl className={classes.facts}>
        <div>
          <dt>{t("file")}</dt>
          <dd>{patient.fileNumber}</dd>
        </div>
        <div>
          <dt>{t("nam")}</dt>
          <dd>
            <Nam patientId={patient.id} masked={patient.namMasked} status={patient.namStatus} />
          </dd>
        </div>
        <div>
          <dt>{t("access")}</dt>
          <dd className={classes.access}>
            <AccessFact chart={chart} />
          </dd>
        </div>
      </dl>
      <AccessState chart={chart} />
      {allergies}
      <RefusalChips chart={chart} />
      {(deceasedOn || status !== "active" || alerts.length > 0) && (
        <div className={classes.alerts}>
          {alerts.map(({ id, text, severity }) => (
            <Chip key={id} tone={severity} icon={severity === "info" ? <IconInfoCircle /> : <IconAlertTriangle />}>
              {text}
            </Chip>
          ))}
          {deceasedOn && <Chip tone="attention">{t("deceased", { date: deceasedOn })}</Chip>}
          {status === "merged" && <Chip tone="attention">{t("merged")}</Chip>}
          {status === "inactive" && <Chip tone="attention">{t("inactive")}</Chip>}
          {status === "entered-in-error" && <Chip tone="danger">{t("error")}</Chip>}
        </div>
      )}
      {children && (
        <div className={classes.acts} data-compact={compact || undefined}>
          {children}
        </div>
      )}
    </header>
  );
}

/** A date that nobody wrote is said: half of what tells two people apart is missing. */
function Birth({ birthDate, sex }: Pick<OpenChartView["patient"], "birthDate" | "sex">) {
  const t = useTranslations("chart");
  if (birthDate) return <span className={classes.part}>{t("born", { date: birthDate, sex: sex ?? "unknown" })}</span>;
  return <span className={`${classes.unsaid} ${sex ? classes.part : ""}`}>{t("birthUnsaid")}</span>;
}
