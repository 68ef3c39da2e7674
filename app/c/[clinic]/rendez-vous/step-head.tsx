"use client";

import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import classes from "./booking.module.css";
import { CheckMark } from "./check-mark.tsx";
import { type Step, steps } from "./use-steps.ts";

interface StepHeadProps {
  step: Step;
  title: RefObject<HTMLHeadingElement | null>;
  onBack: () => void;
  name: string;
}

/** Four bars, the step in words, a way back, and the question. */
export function StepHead({ step, title, onBack, name }: StepHeadProps) {
  const t = useTranslations("booking");
  const at = step === "wait" ? 1 : steps.indexOf(step);
  const before = step === "wait" ? "time" : steps[at - 1];
  const question = {
    service: t("service.question"),
    time: t("time.question"),
    details: t("details.question"),
    wait: t("waitlist.title"),
    done: name ? t("done.title", { name }) : t("done.titleAlone"),
  }[step];
  return (
    <div className={classes.head}>
      <p className={classes.where}>
        {before && step !== "done" && (
          <button
            type="button"
            className={classes.back}
            onClick={onBack}
            aria-label={t("steps.back", { step: t(`steps.${before}`) })}
          >
            <svg
              width="20"
              height="20"
              viewBox="0 0 24 24"
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              aria-hidden="true"
            >
              <path d="M19 12H5M11 6l-6 6l6 6" strokeLinecap="round" strokeLinejoin="round" />
            </svg>
          </button>
        )}
        <strong>{t(`steps.${step === "wait" ? "time" : step}`)}</strong>
        <span>{t("steps.position", { current: at + 1, total: steps.length })}</span>
      </p>
      <ol className={classes.bars} aria-label={t("steps.label")}>
        {steps.map((one, index) => (
          <li key={one} data-reached={index <= at || undefined} aria-current={index === at ? "step" : undefined}>
            <span>
              {index >= at ? `${index + 1}. ` : ""}
              {t(`steps.${one}`)}
              {index < at && <span className="cv-visually-hidden"> ({t("steps.finished")})</span>}
            </span>
          </li>
        ))}
      </ol>
      <h1 ref={title} tabIndex={-1} className={classes.title} data-done={step === "done" || undefined}>
        {step === "done" && <CheckMark size={44} />}
        {question}
      </h1>
    </div>
  );
}
