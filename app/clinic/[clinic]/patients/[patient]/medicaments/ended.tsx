import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { EndedDrug } from "#server/medication-request/record.ts";
import classes from "./ended.module.css";

/** What somebody stopped while it was being prescribed: who, when and why, and one choice for each before anything is signed. */
export function Ended({
  ended,
  onRemove,
  onRestart,
}: {
  ended: readonly EndedDrug[];
  onRemove: (drug: EndedDrug) => void;
  onRestart: (drug: EndedDrug) => void;
}) {
  const t = useTranslations("medications");
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  const title = t("endedTitle", { count: ended.length });
  return (
    <section ref={box} tabIndex={-1} role="alert" aria-label={title} className={classes.ended}>
      <strong className={classes.title}>{title}</strong>
      <ul className={classes.list}>
        {ended.map((drug) => {
          const values = {
            name: `${drug.label} ${drug.strength}`.trim(),
            date: drug.on,
            by: drug.by || "none",
            reason: drug.reason || t("endedNoReason"),
          };
          return (
            <li key={drug.medicationId} className={classes.drug}>
              <span className={classes.words}>
                {t(drug.status === "stopped" ? "endedStopped" : "endedError", values)}
              </span>
              <Button size="compact-sm" variant="default" onClick={() => onRemove(drug)}>
                {t("endedRemove")}
              </Button>
              {drug.status === "stopped" && (
                <Button size="compact-sm" variant="default" onClick={() => onRestart(drug)}>
                  {t("endedRestart")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
