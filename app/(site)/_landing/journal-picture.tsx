import { IconBan } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { Chip } from "../../_ui/chip/chip.tsx";
import classes from "./product-picture.module.css";

const at = (time: string) => new Date(`2026-11-23T${time}:00-05:00`);

const events = [
  { time: "10:08", who: "Maude Lavallée", act: "journal.exported" },
  { time: "09:52", who: "Maude Lavallée", act: "member.role-changed" },
  { time: "09:50", who: "Maude Lavallée", act: "invitation.sent" },
  { time: "09:12", who: "Nathalie Perron", act: "access.refused" },
] as const;

/** The journal, over the team's page: the latest gestures, in its own words. */
export function JournalPicture() {
  const t = useTranslations("journal");
  const format = useFormatter();
  return (
    <div className={classes.journal} inert>
      <div className={classes.journalHead}>
        <strong className={classes.title}>{t("title")}</strong>
        <span className={classes.quiet}>{t("clinic")}</span>
      </div>
      {events.map(({ time, who, act }) => (
        <p key={time} className={classes.event}>
          <span className={classes.time}>{format.dateTime(at(time), "time")}</span>
          <span>
            <span className={classes.act}>
              {t(`events.${act}`)}
              {act === "access.refused" && (
                <Chip tone="danger" icon={<IconBan size={14} />}>
                  {t("outcomes.refused")}
                </Chip>
              )}
            </span>
            <span className={classes.quiet}>{who}</span>
          </span>
        </p>
      ))}
      <p className={classes.sealed}>{t("sealed", { seq: 1286 })}</p>
    </div>
  );
}
