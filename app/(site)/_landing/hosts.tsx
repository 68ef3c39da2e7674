import { IconCheck, IconEyeOff, IconHourglassHigh } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Chip } from "../../_ui/chip/chip.tsx";
import classes from "./hosts.module.css";
import page from "./landing.module.css";

const clinics = [
  { name: "Clinique dentaire Saguenay", waiting: true, opened: "2026-11-23" },
  { name: "Physio de la Rive, Lévis", waiting: false, opened: "2026-10-06" },
  { name: "Clinique du Vieux-Limoilou", waiting: false, opened: "2026-09-14" },
];

/** For those who would run it: one command, and a console that sees no record. */
export function Hosts() {
  const t = useTranslations("site.hosts");
  return (
    <section className={classes.hosts} aria-labelledby="hebergeurs">
      <div className={`${page.wide} ${page.section} ${classes.hostsGrid}`}>
        <div>
          <h2 className={page.title} id="hebergeurs">
            {t("title")}
          </h2>
          <p className={classes.hostsText}>{t("lead")}</p>
          <code className={classes.command}>npm run up</code>
        </div>
        <figure className={classes.console} inert>
          <figcaption className={classes.consoleHead}>
            <strong>{t("console")}</strong>
            <span>{t("clinics")}</span>
          </figcaption>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("clinic")}</th>
                <th scope="col">{t("state")}</th>
                <th scope="col" className={classes.late}>
                  {t("opened")}
                </th>
              </tr>
            </thead>
            <tbody>
              {clinics.map(({ name, waiting, opened }) => (
                <tr key={name}>
                  <td>{name}</td>
                  <td>
                    {waiting ? (
                      <Chip tone="attention" icon={<IconHourglassHigh />}>
                        {t("toApprove")}
                      </Chip>
                    ) : (
                      <Chip tone="good" icon={<IconCheck />}>
                        {t("inService")}
                      </Chip>
                    )}
                  </td>
                  <td className={classes.late}>
                    <time dateTime={opened}>{opened}</time>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={classes.consoleFoot}>
            <IconEyeOff size={18} aria-hidden />
            {t("blind")}
          </p>
        </figure>
      </div>
    </section>
  );
}
