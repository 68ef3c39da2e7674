"use client";

import { Button, Checkbox } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { missingParts, sayPosology, sayPosologyShort, sayQuantity } from "#server/medication/posology.ts";
import type { MedicationView } from "#server/medication/record.ts";
import type { PrescriptionItem } from "#server/medication-request/schema.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { LineActs } from "./line-acts.tsx";
import { LineEditor } from "./line-editor.tsx";
import { LineKnown } from "./line-known.tsx";
import classes from "./medications.module.css";
import { Until } from "./until.tsx";

interface LinesProps {
  medications: readonly MedicationView[];
  items: readonly PrescriptionItem[];
  today: string;
  open: string | undefined;
  asked: boolean;
  /** The one whose end was asked for elsewhere. */
  stopping: string | undefined;
  mayWrite: boolean;
  mayPrepare: boolean;
  onOpen: (id: string | undefined) => void;
  onToggle: (medication: MedicationView) => void;
  onToggleAll: () => void;
  onRemove: (id: string) => void;
  onChange: (id: string, edit: Partial<PrescriptionItem>) => void;
  onFavourite: (item: PrescriptionItem) => void;
  onAdd: () => void;
}

/** The list, each line renewed by its box and changed in place; new drugs stand below it. */
export function Lines(props: LinesProps) {
  const { medications, items, mayPrepare, onToggleAll, onAdd } = props;
  const t = useTranslations("medications");
  const active = medications.filter(({ status }) => status === "active");
  const isChosen = (id: string) => items.some(({ medicationId }) => medicationId === id);
  const chosen = active.filter(({ id }) => isChosen(id)).length;
  const fresh = items.filter(({ medicationId }) => !active.some(({ id }) => id === medicationId));
  return (
    <div className={classes.lines}>
      <div className={classes.headRow}>
        {mayPrepare && active.length > 0 ? (
          <Checkbox
            aria-label={t("selectAll")}
            checked={chosen > 0 && chosen === active.length}
            indeterminate={chosen > 0 && chosen < active.length}
            onChange={onToggleAll}
          />
        ) : (
          <span />
        )}
        <span className={classes.allWord}>{t("selectAll")}</span>
        <span>{t("drug")}</span>
        <span>{t("posology")}</span>
        <span className={classes.figure}>{t("duration")}</span>
        <span className={classes.figure}>{t("repeats")}</span>
        <span className={classes.figure}>{t("quantity")}</span>
        <span>{t("validUntil")}</span>
      </div>
      {active.length === 0 && fresh.length === 0 && <p className={classes.empty}>{t("none")}</p>}
      <ul className={classes.rows}>
        {active.map((one) => (
          <Line key={one.id} {...props} listed={one} item={items.find(({ medicationId }) => medicationId === one.id)} />
        ))}
        {fresh.map((item) => (
          <Line
            key={item.medicationId}
            {...props}
            item={item}
            wasStopped={medications.some(({ id, status }) => id === item.medicationId && status === "stopped")}
          />
        ))}
      </ul>
      {mayPrepare && (
        <Button
          variant="default"
          className={classes.add}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={onAdd}
        >
          {t("addDrug")}
        </Button>
      )}
    </div>
  );
}

type LineProps = LinesProps & {
  listed?: MedicationView;
  item?: PrescriptionItem | undefined;
  /** It is on the list, and no longer taken. */
  wasStopped?: boolean;
};

function Line({
  listed,
  item,
  wasStopped = false,
  today,
  open,
  asked,
  stopping,
  mayWrite,
  mayPrepare,
  ...on
}: LineProps) {
  const t = useTranslations("medications");
  const language = languageOf(useLocale());
  const shown = item ?? listed;
  if (!shown) return null;
  const id = item?.medicationId ?? listed?.id ?? "";
  const name = `${shown.label} ${shown.strength}`.trim();
  const lacks = item && asked ? missingParts(item) : [];
  const isOpen = open === id;
  const wasOther = listed && item && listed.strength !== item.strength;
  const isChanged = wasOther || (listed && item && sayPosology(listed, language) !== sayPosology(item, language));
  const toggle = () => (listed ? on.onToggle(listed) : on.onRemove(id));
  return (
    <li className={classes.line} data-line={id} data-chosen={item ? true : undefined} data-open={isOpen || undefined}>
      <div className={classes.row}>
        {mayPrepare ? (
          <Checkbox aria-label={t("select", { name })} checked={item !== undefined} onChange={toggle} />
        ) : (
          <span />
        )}
        <button
          type="button"
          className={classes.rowButton}
          aria-expanded={isOpen}
          aria-label={t("editLine", { name })}
          onClick={() => on.onOpen(isOpen ? undefined : id)}
        >
          <span>
            <strong>{shown.label}</strong>
            <span className={classes.quiet}>{shown.form}</span>
          </span>
          <span>
            <span className={classes.strength}>
              {wasOther && <s>{listed.strength}</s>} <strong>{shown.strength}</strong>
            </span>
            <span className={classes.quiet} title={sayPosology({ ...shown, durationDays: null }, language)}>
              {sayPosologyShort(shown, language)}
            </span>
            {lacks.length > 0 && (
              <span className={classes.lacks}>
                {t("lacks", { parts: lacks.map((part) => t(`part.${part}`)).join(", ") })}
              </span>
            )}
          </span>
          <span className={classes.figure}>{shown.durationDays ? t("days", { count: shown.durationDays }) : "–"}</span>
          <span className={classes.figure}>{shown.repeats ?? "–"}</span>
          <span className={classes.figure}>{sayQuantity(shown, language) || "–"}</span>
          <span className={classes.until}>
            {listed?.coveredUntil && <span className={classes.untilWord}>{t("validUntil")} </span>}
            {listed?.coveredUntil ?? "–"}
            {isChanged || !listed ? (
              <span className={classes.attention}>{t(isChanged ? "changed" : wasStopped ? "wasStopped" : "new")}</span>
            ) : (
              listed.coveredUntil && <Until until={listed.coveredUntil} today={today} />
            )}
          </span>
        </button>
      </div>
      {isOpen && item && mayPrepare && (
        <LineEditor
          item={item}
          asked={asked}
          onChange={(edit) => on.onChange(id, edit)}
          onFavourite={() => on.onFavourite(item)}
        />
      )}
      {isOpen && listed && (
        <div className={classes.lineActs}>
          <LineKnown medication={listed} />
          <LineActs
            medication={listed}
            mayWrite={mayWrite}
            stops={listed.id === stopping}
            onRenew={item || !mayPrepare ? undefined : () => on.onToggle(listed)}
          />
        </div>
      )}
    </li>
  );
}
