import { useFormatter, useNow } from "next-intl";
import classes from "./moment.module.css";

type MomentProps = {
  at: Date | string;
  /** `date` → 2026-11-23, `time` → 14 h 30, `dateAndTime` → 2026-11-23 14 h 30, `longDate` → lundi 23 novembre 2026. */
  as?: "date" | "time" | "dateAndTime" | "longDate";
  /** Adds « il y a 3 jours » in grey. */
  ago?: boolean;
  /** The clinic's zone when it is not Québec's. */
  timeZone?: string;
};

/** A date that can be read in one way only. Neither it nor the hour ever breaks; a narrow column puts the hour under the date. */
export function Moment({ at, as = "date", ago = false, timeZone }: MomentProps) {
  const format = useFormatter();
  const now = useNow();
  const instant = typeof at === "string" ? new Date(at) : at;
  const said = format.dateTime(instant, as, { timeZone });
  const day = as === "dateAndTime" ? format.dateTime(instant, "date", { timeZone }) : said;
  // « 2026-11-23 14 h 30 », « 2026-11-23, 14:30 »: what stands between belongs to the date.
  const [, sign = "", hour = ""] = said.startsWith(day) ? (/^(\S*)\s+(.+)$/.exec(said.slice(day.length)) ?? []) : [];
  return (
    <span>
      <time dateTime={instant.toISOString()}>
        {hour === "" ? (
          <span className={as === "longDate" ? undefined : "cv-nowrap"}>{said}</span>
        ) : (
          <>
            <span className="cv-nowrap">{`${day}${sign}`}</span> <span className="cv-nowrap">{hour}</span>
          </>
        )}
      </time>
      {ago && <span className={classes.ago}> · {format.relativeTime(instant, now)}</span>}
    </span>
  );
}
