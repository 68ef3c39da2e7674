import { IconCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./stepper.module.css";

/** Where one is in a short path: a bar per step, its name, and « étape 2 de 4 » in words. `current` counts from 0. */
export function Stepper({ steps, current }: { steps: string[]; current: number }) {
  const t = useTranslations("common.steps");
  return (
    <nav aria-label={t("label")}>
      <p className={classes.phone}>{t("position", { current: current + 1, total: steps.length })}</p>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <li
            key={step}
            className={classes.step}
            data-reached={index <= current || undefined}
            aria-current={index === current ? "step" : undefined}
          >
            {index < current && <IconCheck size={16} aria-hidden className={classes.done} />}
            <span className={classes.name}>
              {index < current ? step : `${index + 1}. ${step}`}
              {index < current && <span className="cv-visually-hidden"> {t("done")}</span>}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
