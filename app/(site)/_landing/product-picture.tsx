import {
  IconBuildingHospital,
  IconChevronDown,
  IconKeyboard,
  IconPlus,
  IconSearch,
  IconShieldCheck,
  IconShieldOff,
  IconTable,
} from "@tabler/icons-react";
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
  { name: "Maude Lavallée", role: "owner", seen: "10:08", protected: true },
  { name: "Karim Benali", role: "professional", seen: "09:41", protected: true },
  { name: "Geneviève Pelletier", role: "administrator", seen: "09:02", protected: true },
  { name: "Julie Bouchard", role: "professional", seen: "08:55", protected: true },
  { name: "Nathalie Perron", role: "assistant", seen: "07:58", protected: false },
] as const;

/** The team's page and the journal's, in the words and pieces of the real ones, with sample people. It only shows: nothing in it answers. */
export function ProductPicture() {
  const t = useTranslations("site");
  return (
    <div role="img" aria-label={t("hero.picture")} className={classes.picture}>
      <div className={classes.window} inert>
        <Rail />
        <Bar />
        <div className={classes.team}>
          <Head />
          <People />
        </div>
      </div>
      <JournalPicture />
    </div>
  );
}

function Rail() {
  const t = useTranslations("workspace");
  return (
    <div className={classes.rail}>
      <LogoMark size={28} />
      {places
        .filter(({ setting }) => !setting)
        .map(({ key, icon }) => (
          <span key={key} className={classes.place}>
            {icon}
            {t(`places.${key}`)}
          </span>
        ))}
      <span className={classes.place} data-here data-last>
        <IconBuildingHospital />
        {t("clinic")}
      </span>
      <span className={classes.place}>
        <IconKeyboard />
        {t("keyboard")}
      </span>
    </div>
  );
}

function Bar() {
  const t = useTranslations();
  return (
    <div className={classes.bar}>
      <span className={classes.clinic}>
        <ClinicDot id="vieux-limoilou" />
        <span>{t("site.picture.clinic")}</span>
        <IconChevronDown size={14} />
      </span>
      <span className={classes.search}>
        <IconSearch size={16} />
        <span>{t("workspace.search")}</span>
        <KeyCap>/</KeyCap>
      </span>
      <PersonDisc name="Maude Lavallée" tone="self" size={28} />
    </div>
  );
}

function Head() {
  const t = useTranslations("team");
  return (
    <div className={classes.head}>
      <strong className={classes.title}>{t("title")}</strong>
      <span className={classes.quiet}>{t("count", { count: people.length })}</span>
      <span className={classes.button} data-second>
        <IconTable size={16} />
        {t("whoMayWhat")}
      </span>
      <span className={classes.button}>
        <IconPlus size={16} />
        {t("invite")}
      </span>
    </div>
  );
}

function People() {
  const t = useTranslations("team");
  const roles = useTranslations("workspace.roles");
  const format = useFormatter();
  const at = (time: string) => format.dateTime(new Date(`2026-11-23T${time}:00-05:00`), "dateAndTime");
  return (
    <>
      <div className={classes.columns}>
        <span>{t("name")}</span>
        <span>{t("role")}</span>
        <span>{t("lastActivity")}</span>
        <span>{t("secondFactor")}</span>
      </div>
      {people.map(({ name, role, seen, ...person }) => (
        <div key={name} className={classes.person}>
          <span className={classes.name}>
            <PersonDisc name={name} size={28} />
            {name}
          </span>
          <span>{roles(role)}</span>
          <span className={classes.seen}>{at(seen)}</span>
          <span>
            {person.protected ? (
              <Chip tone="good" icon={<IconShieldCheck size={14} />}>
                {t("factorOn")}
              </Chip>
            ) : (
              <Chip tone="attention" icon={<IconShieldOff size={14} />}>
                {t("factorOff")}
              </Chip>
            )}
          </span>
        </div>
      ))}
    </>
  );
}
