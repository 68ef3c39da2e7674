import { IconCheck, IconChevronDown, IconClock, IconPlus, IconSearch } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { Chip } from "../../_ui/chip/chip.tsx";
import { ClinicDot } from "../../_ui/clinic/clinic-dot.tsx";
import { KeyCap } from "../../_ui/key-cap/key-cap.tsx";
import { LogoMark } from "../../_ui/logo/logo.tsx";
import { PersonDisc } from "../../_ui/person/person-disc.tsx";
import { places } from "../../clinic/[clinic]/_shell/places.tsx";
import { JournalPicture } from "./journal-picture.tsx";
import classes from "./product-picture.module.css";

const people = [
  { name: "Maude Lavallée", role: "owner", factor: "passkey", seen: "2026-11-23T10:08:00-05:00" },
  { name: "Karim Benali", role: "professional", factor: "passkey", seen: "2026-11-23T09:41:00-05:00" },
  { name: "Geneviève Pelletier", role: "administrator", factor: "app", seen: "2026-11-23T09:02:00-05:00" },
  { name: "Julie Bouchard", role: "professional", factor: "app", seen: "2026-11-23T08:55:00-05:00" },
  { name: "Samuel Côté", role: "trainee", factor: "missing", seen: "2026-11-22T16:20:00-05:00" },
  { name: "Nathalie Perron", role: "assistant", factor: "invited", seen: "" },
] as const;

/** A page of the workspace made of its real pieces, with sample people. It only shows: nothing in it answers. */
export function ProductPicture() {
  const t = useTranslations("site");
  const workspace = useTranslations("workspace");
  const format = useFormatter();
  return (
    <div role="img" aria-label={t("hero.picture")}>
      <div className={classes.window} inert>
        <div className={classes.rail}>
          <LogoMark size={28} />
          {places
            .filter(({ last }) => !last)
            .map(({ key, icon }) => (
              <span key={key} className={classes.place} data-here={key === "members" || undefined}>
                {icon}
                {workspace(`places.${key}`)}
              </span>
            ))}
        </div>
        <div className={classes.bar}>
          <span className={classes.clinic}>
            <ClinicDot id="vieux-limoilou" />
            <span>{t("picture.clinic")}</span>
            <IconChevronDown size={14} />
          </span>
          <span className={classes.search}>
            <IconSearch size={16} />
            <span>{workspace("search")}</span>
            <KeyCap>/</KeyCap>
          </span>
          <PersonDisc name="Maude Lavallée" tone="self" size={28} />
        </div>
        <div className={classes.team}>
          <div className={classes.head}>
            <strong className={classes.title}>{t("picture.team")}</strong>
            <span className={classes.quiet}>
              {t.rich("picture.people", { count: people.length, b: (chunks) => <b>{chunks}</b> })}
            </span>
            <Chip tone="attention" icon={<IconClock />}>
              {t("picture.waiting")}
            </Chip>
            <span className={classes.button}>
              <IconPlus size={16} />
              {t("picture.invite")}
            </span>
          </div>
          <div className={classes.columns}>
            <span>{t("picture.name")}</span>
            <span>{t("picture.role")}</span>
            <span>{t("picture.secondFactor")}</span>
            <span>{t("picture.lastSeen")}</span>
          </div>
          {people.map(({ name, role, factor, seen }) => (
            <div key={name} className={classes.person}>
              <span className={classes.name}>
                <PersonDisc name={name} size={26} />
                {name}
              </span>
              <span>{workspace(`roles.${role}`)}</span>
              <Factor factor={factor} />
              <span className={classes.seen}>
                {seen && format.dateTime(new Date(seen), seen.includes("-23T") ? "time" : "date")}
              </span>
            </div>
          ))}
        </div>
        <JournalPicture />
      </div>
    </div>
  );
}

function Factor({ factor }: { factor: (typeof people)[number]["factor"] }) {
  const t = useTranslations("site.picture");
  if (factor === "invited" || factor === "missing") {
    return (
      <span>
        <Chip tone="attention" icon={<IconClock />}>
          {t(factor)}
        </Chip>
      </span>
    );
  }
  return (
    <span>
      <Chip tone="good" icon={<IconCheck />}>
        {t(factor)}
      </Chip>
    </span>
  );
}
