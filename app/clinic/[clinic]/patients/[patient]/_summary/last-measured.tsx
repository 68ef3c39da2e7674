"use client";

import { useTranslations } from "next-intl";
import type { LastValue } from "#server/summary/record.ts";
import { useMeasureWords } from "./measure-words.ts";
import { Measured } from "./measured.tsx";
import { pressureOf } from "./pressure.ts";

/** The last value of a series in one breath: « TA 152/88 mmHg ▲ ». */
export function LastMeasured({ code, values }: { code: string; values: readonly LastValue[] }) {
  const t = useTranslations("record.vitals");
  const words = useMeasureWords();
  const pressure = code === "bp-systolic" ? pressureOf(values) : undefined;
  if (pressure)
    return (
      <>
        {t("bp")} <Measured number={pressure.number} unit="mmHg" deviation={pressure.deviation} />
      </>
    );
  const one = values.find((value) => value.code === code);
  if (!one) return null;
  return (
    <>
      {words.name(code, one.label)}{" "}
      <Measured number={words.number(one)} unit={words.unitOf(code, one.unit)} deviation={one.deviation} />
    </>
  );
}
