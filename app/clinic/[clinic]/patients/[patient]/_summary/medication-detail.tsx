"use client";

import { Button } from "@mantine/core";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { sayPosology, sayQuantity } from "#server/medication/posology.ts";
import type { MedicationView, PrescriptionLine } from "#server/medication/record.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { MakeTask } from "../../../_tasks/make-task.tsx";
import { LineActs } from "../medicaments/line-acts.tsx";
import { prescriptionNumber } from "../medicaments/prescription-number.ts";
import { Until } from "../medicaments/until.tsx";
import classes from "./summary.module.css";

interface MedicationDetailProps {
  patientId: string;
  medication: MedicationView;
  /** All that was prescribed here, the last first. */
  prescriptions: readonly PrescriptionLine[];
  today: string;
  mayWrite: boolean;
  onRenew: (() => void) | undefined;
}

/** One drug, in full: how it is taken, why, since when, who prescribed it last and until when; and what is done with it. */
export function MedicationDetail({
  patientId,
  medication,
  prescriptions,
  today,
  mayWrite,
  onRenew,
}: MedicationDetailProps) {
  const t = useTranslations("medications");
  const format = useFormatter();
  const dayOf = (at: string | null) => at && format.dateTime(new Date(at), "date");
  const language = languageOf(useLocale());
  const [isHistoryOpen, setHistoryOpen] = useState(false);
  const { id, status, label, strength, form, reason, started, stopped, stopReason, origin, by, note } = medication;
  const prescribed = prescriptions.flatMap((one) => {
    const item = one.status === "prepared" ? undefined : one.items.find(({ medicationId }) => medicationId === id);
    return item ? [{ one, item }] : [];
  });
  const last = prescribed.find(({ one }) => one.status === "signed");
  const quantity = sayQuantity(medication, language);
  const facts: readonly (readonly [term: string, fact: ReactNode])[] = [
    [t("posology"), sayPosology(medication, language)],
    [t("form"), form],
    [t("reason"), reason],
    [t("sinceTerm"), started],
    [t("stoppedTerm"), stopped && [stopped, stopReason].filter(Boolean).join(" : ")],
    [
      t("lastOrder"),
      last
        ? [t("number", { number: prescriptionNumber(last.one) }), dayOf(last.one.signedAt), last.one.by]
            .filter(Boolean)
            .join(" · ")
        : origin === "elsewhere"
          ? t("elsewhere")
          : (medication.prescribedOn ?? t("noOrder")),
    ],
    [
      t("validUntil"),
      status === "active" && medication.coveredUntil && (
        <>
          {medication.coveredUntil} <Until until={medication.coveredUntil} today={today} />
        </>
      ),
    ],
    [
      t("quantity"),
      [quantity, medication.repeats !== null && t("repeatsCount", { count: medication.repeats })]
        .filter(Boolean)
        .join(", "),
    ],
    [t("note"), note],
    [t("writtenBy"), !last && by],
  ];
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(
          ([term, fact]) =>
            fact && (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{fact}</dd>
              </div>
            ),
        )}
      </dl>
      <LineActs medication={medication} mayWrite={mayWrite} onRenew={onRenew}>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-expanded={isHistoryOpen}
          onClick={() => setHistoryOpen((before) => !before)}
        >
          {t("history")}
        </Button>
        {mayWrite && (
          <MakeTask start={{ title: `${label} ${strength}`.trim(), patientId, focus: { kind: "medication", id } }} />
        )}
      </LineActs>
      {isHistoryOpen && (
        <ol className={classes.versions} aria-label={t("history")}>
          {prescribed.length === 0 && <li className={classes.written}>{t("noHistory")}</li>}
          {prescribed.map(({ one, item }) => (
            <li key={one.id}>
              <p className={classes.past}>
                {[
                  dayOf(one.signedAt),
                  t("number", { number: prescriptionNumber(one) }),
                  one.status !== "signed" && t(`statuses.${one.status}`),
                  one.by,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
              <p className={classes.written}>
                {[item.strength, sayPosology(item, language), sayQuantity(item, language)].filter(Boolean).join(", ")}
              </p>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
