"use client";

import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ChartView } from "#server/chart/record.ts";
import { numberInWords } from "#server/medication/number-words.ts";
import { sayPosology, sayQuantity } from "#server/medication/posology.ts";
import type { MedicationsView } from "#server/medication/record.ts";
import type { PrescriptionItem } from "#server/medication-request/schema.ts";
import { SaveState, type SaveStatus } from "../../../../../_ui/save-state/save-state.tsx";
import classes from "./medications.module.css";

interface PreviewProps {
  clinicName: string;
  patient: Extract<ChartView, { patient: object }>["patient"];
  items: readonly PrescriptionItem[];
  prescriber: MedicationsView["prescriber"];
  today: string;
  status: SaveStatus;
}

/** The paper as it will be, while it is written: in French, since the pharmacist reads it. What is only known when it is signed says so. */
export function Preview({ clinicName, patient, items, prescriber, today, status }: PreviewProps) {
  const t = useTranslations("medications");
  return (
    <aside className={classes.preview} aria-label={t("preview")}>
      <div className={classes.previewHead}>
        <h2 className={classes.title}>
          {t("preview")} <span className={classes.count}>{t("letter")}</span>
        </h2>
        <SaveState status={status} />
      </div>
      <div className={`cv-paper ${classes.paper}`} lang="fr">
        <div className={classes.paperHead}>
          <strong>{clinicName}</strong>
          <span className={`${classes.stack} ${classes.paperTitle}`}>
            <strong>Ordonnance</strong>
            <span>{t("numberLater")}</span>
            <span>{today}</span>
          </span>
        </div>
        <div className={classes.paperPatient}>
          <span className={classes.stack}>
            <strong>{patient.displayName}</strong>
            {patient.birthDate && <span>{`Date de naissance : ${patient.birthDate}`}</span>}
          </span>
          <span className={`${classes.stack} ${classes.quiet}`}>
            {patient.namMasked && <span>{`NAM : ${patient.namMasked}`}</span>}
            <span>{t("namLater")}</span>
          </span>
        </div>
        {items.length === 0 && <p className={classes.quiet}>{t("emptyPreview")}</p>}
        <ol className={classes.paperItems}>
          {items.map((item) => (
            <li key={item.medicationId}>
              <span>
                <strong>
                  {[[item.label, item.strength].filter(Boolean).join(" "), item.form].filter(Boolean).join(", ")}
                </strong>
                {item.replaces && ` (remplace ${item.replaces}, à cesser)`}
              </span>
              <span>{sayPosology(item, "fr")}</span>
              {item.quantity !== "" && item.repeats !== null && (
                <span>{`Quantité : ${sayQuantity(item, "fr")} (${numberInWords(item.quantity, "fr")}) · Renouvellements : ${item.repeats} (${numberInWords(String(item.repeats), "fr")})`}</span>
              )}
              {item.noSubstitution && <strong>{`Ne pas substituer : ${item.noSubstitution}`}</strong>}
              {item.note && <span>{`Note au pharmacien : ${item.note}`}</span>}
            </li>
          ))}
        </ol>
        <div className={classes.paperFoot}>
          {prescriber && (
            <span className={classes.stack}>
              <strong>{prescriber.name}</strong>
              <span>{prescriber.permitNumber ? `Permis nº ${prescriber.permitNumber}` : t("noPermit")}</span>
            </span>
          )}
          <span className={classes.signature}>{t("signatureHere")}</span>
        </div>
      </div>
      <p className={classes.locked}>
        <IconLock size={16} aria-hidden /> {t("afterSigning")}
      </p>
    </aside>
  );
}
