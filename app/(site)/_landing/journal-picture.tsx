import { IconCheck } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { Chip } from "../../_ui/chip/chip.tsx";
import classes from "./product-picture.module.css";

const at = (time: string) => new Date(`2026-11-23T${time}:00-05:00`);

const events = [
  { time: "10:08", who: "Maude Lavallée", act: "signIn" },
  { time: "09:52", who: "Maude Lavallée", act: "role" },
  { time: "09:50", who: "Maude Lavallée", act: "invite" },
  { time: "09:12", who: "Samuel Côté", act: "refused" },
  { time: "08:31", who: "Geneviève Pelletier", act: "export" },
] as const;

/** The journal beside the team, as the person in charge of privacy reads it. */
export function JournalPicture() {
  const t = useTranslations("site.picture");
  const format = useFormatter();
  return (
    <div className={classes.journal}>
      <div className={classes.journalHead}>
        <strong className={classes.title}>{t("journal")}</strong>
        <Chip tone="good" icon={<IconCheck />}>
          {t("verified")}
        </Chip>
      </div>
      {events.map(({ time, who, act }) => (
        <p key={time} className={classes.event} data-refused={act === "refused" || undefined}>
          <span className={classes.time}>{format.dateTime(at(time), "time")}</span>
          <span>
            <strong>{who}</strong> {t(`acts.${act}`)}
          </span>
        </p>
      ))}
      <p className={classes.sealed}>
        {t("sealed", { time: format.dateTime(at("10:12"), "time").replaceAll(" ", "\u00a0") })}
      </p>
    </div>
  );
}
