import {
  IconCheck,
  IconDeviceDesktop,
  IconDeviceMobile,
  IconFingerprint,
  IconReportSearch,
  IconUsers,
} from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import page from "./landing.module.css";
import classes from "./today.module.css";

/** What the system does today, each with a piece of the real thing over it. */
export function Today() {
  const t = useTranslations("site.today");
  return (
    <section className={classes.band} aria-labelledby="clinique">
      <div className={`${page.wide} ${page.section}`}>
        <h2 className={page.title} id="clinique">
          {t("title")}
        </h2>
        <div className={classes.three}>
          <Feature icon={<IconUsers />} title={t("team.title")} text={t("team.text")}>
            <RolesSample />
          </Feature>
          <Feature icon={<IconFingerprint />} title={t("entry.title")} text={t("entry.text")}>
            <SessionsSample />
          </Feature>
          <Feature icon={<IconReportSearch />} title={t("journal.title")} text={t("journal.text")}>
            <JournalSample />
          </Feature>
        </div>
      </div>
    </section>
  );
}

function Feature(props: { icon: ReactNode; title: string; text: string; children: ReactNode }) {
  return (
    <article className={classes.feature}>
      <div className={classes.sample} aria-hidden inert>
        {props.children}
      </div>
      <h3 className={classes.featureTitle}>
        {props.icon}
        {props.title}
      </h3>
      <p className={classes.featureText}>{props.text}</p>
    </article>
  );
}

function RolesSample() {
  const t = useTranslations("site.today.team");
  const rows = [
    { role: t("administration"), may: [true, true, true] },
    { role: t("professional"), may: [true, true, false] },
    { role: t("billing"), may: [true, false, false] },
  ];
  return (
    <table className={classes.matrix}>
      <thead>
        <tr>
          <th />
          <th>{t("searches")}</th>
          <th>{t("writes")}</th>
          <th>{t("manages")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ role, may }) => (
          <tr key={role}>
            <th>{role}</th>
            {may.map((allowed, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fixed columns.
              <td key={column}>{allowed && <IconCheck />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SessionsSample() {
  const t = useTranslations("site.today.entry");
  return (
    <>
      <div className={classes.sampleRow}>
        <IconDeviceDesktop />
        <span>
          <strong>{t("device")}</strong>
          <small>{t("deviceDetail")}</small>
        </span>
        <span className={classes.quiet}>{t("now")}</span>
      </div>
      <div className={classes.sampleRow}>
        <IconDeviceMobile />
        <span>
          <strong>{t("phone")}</strong>
          <small>{t("phoneDetail")}</small>
        </span>
        <span className={classes.quiet}>{t("hours")}</span>
      </div>
    </>
  );
}

function JournalSample() {
  const t = useTranslations("site.today.journal");
  const format = useFormatter();
  const rows = [
    { number: 1284, act: t("first"), who: "Maude Lavallée" },
    { number: 1285, act: t("second"), who: "Karim Benali" },
    { number: 1286, act: t("third"), who: "Maude Lavallée" },
  ];
  return rows.map(({ number, act, who }) => (
    <div key={number} className={classes.sampleRow}>
      <span className={classes.number}>{format.number(number)}</span>
      <span>
        <strong>{act}</strong>
      </span>
      <span className={classes.quiet}>{who}</span>
    </div>
  ));
}
