import { IconMailOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { EntryRecord } from "#server/waitlist/list-entries.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import type { Column } from "../../../_ui/data-table/data-table.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import { useWishWords } from "./use-wish-words.ts";
import classes from "./waitlist.module.css";

const tones = { 1: "danger", 2: "neutral", 3: "neutral" } as const;

/** Who, for what, when it would suit, since when. */
export function useEntryColumns(): Column<EntryRecord>[] {
  const t = useTranslations("waitlist");
  const wish = useWishWords();
  return [
    {
      key: "who",
      label: t("who"),
      cell: ({ givenName, familyName, phone }) => (
        <>
          <strong>{`${givenName} ${familyName}`}</strong>
          <span className={classes.under}>{phone}</span>
        </>
      ),
    },
    {
      key: "what",
      label: t("what"),
      cell: ({ service, practitioners, location, soonerThan }) => (
        <>
          {service}
          <span className={classes.under}>
            {[practitioners.join(", ") || t("anyone"), location].filter(Boolean).join(" · ")}
          </span>
          {soonerThan && (
            <span className={classes.under}>
              {t("sooner")} <Moment at={soonerThan} as="dateAndTime" />
            </span>
          )}
        </>
      ),
    },
    { key: "when", label: t("when"), secondary: true, cell: wish },
    {
      key: "since",
      label: t("since"),
      secondary: true,
      cell: ({ since }) => <Moment at={since} ago />,
    },
    {
      key: "state",
      label: t("state"),
      cell: ({ priority, offers, reachable, source, patientId }) => (
        <span className={classes.chips}>
          {offers > 0 && <Chip tone="attention">{t("offered")}</Chip>}
          {priority !== 2 && <Chip tone={tones[priority as 1]}>{t(`priorities.${priority as 1}`)}</Chip>}
          {source === "online" && !patientId && <Chip tone="info">{t("online")}</Chip>}
          {!reachable && <Chip icon={<IconMailOff size={14} />}>{t("noEmail")}</Chip>}
        </span>
      ),
    },
  ];
}
