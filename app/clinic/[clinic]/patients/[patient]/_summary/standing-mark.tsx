import { useTranslations } from "next-intl";
import type { Standing } from "#server/growth/query-reference.ts";
import { outsideOf } from "#server/growth/schema.ts";
import { useMeasureWords } from "./measure-words.ts";
import classes from "./summary.module.css";

/** Where a child stands, beside the value: « P45 », and in attention's colour beyond the outer curves. */
export function StandingMark({ standing }: { standing: Standing }) {
  const t = useTranslations("record.vitals");
  const percentile = useMeasureWords().percentile(standing.percentile);
  return (
    <span className={classes.standing} data-outside={outsideOf(standing.percentile)}>
      <span aria-hidden>P{percentile.replaceAll(" ", "")}</span>
      <span className={classes.heard}>{t("standing", { percentile })}</span>
      {standing.invented && <> ({t("invented")})</>}
    </span>
  );
}
