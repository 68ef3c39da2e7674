import { IconAlertTriangle, IconCalendarOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { AppointmentDetail } from "#server/appointment/record.ts";

interface ToKnowProps {
  detail: AppointmentDetail;
  /** How an alert stands out. */
  alertClass?: string;
}

/** What to know of somebody before they come, as lines of a list: the alerts, then how often they did not come. */
export function ToKnow({ detail: { person, counts }, alertClass }: ToKnowProps) {
  const t = useTranslations("agenda");
  return (
    <>
      {person.alerts
        .filter((alert) => alert !== "unmatched")
        .map((alert) => (
          <li key={alert} className={alertClass}>
            <IconAlertTriangle aria-hidden />
            {t(`alerts.${alert}`)}
          </li>
        ))}
      <li>
        <IconCalendarOff aria-hidden />
        {t("noshows", { count: counts.noshow, done: counts.done })}
      </li>
    </>
  );
}
