import { useTranslations } from "next-intl";
import classes from "./line-acts.module.css";

/** In days: what ends within them is to be renewed at this visit. */
const soon = 21;

/** How near the end of what was prescribed is; nothing while it is far. Both days are `YYYY-MM-DD`. */
export function Until({ until, today }: { until: string; today: string }) {
  const t = useTranslations("medications");
  const days = Math.round((Date.parse(until) - Date.parse(today)) / 86_400_000);
  if (days < 0) return <span className={classes.ended}>{t("ended")}</span>;
  return days <= soon ? <span className={classes.attention}>{t("endsIn", { count: days })}</span> : null;
}
