import { IconDatabase, IconKey, IconLink, IconLock, IconServer } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { HostSettings } from "#server/host/read-settings.ts";
import classes from "./data.module.css";
import page from "./landing.module.css";

const icons = { records: IconServer, backup: IconDatabase, keys: IconKey };
const seals = [
  { key: "rows", icon: IconLock },
  { key: "own", icon: IconKey },
  { key: "chain", icon: IconLink },
] as const;
const people = ["team", "other", "host", "third", "stolen"] as const;

/** Where the data lie (as the host declares it, or nothing) and who can see what. */
export function Data({ host }: { host: HostSettings }) {
  const t = useTranslations("site.data");

  /** The host's declared places; without any, what holds wherever the data lie. */
  function linesOf({ sites }: HostSettings) {
    if (sites.length === 0) {
      return seals.map(({ key, icon }) => ({ key, icon, title: t(`${key}Seal`), text: t(`${key}SealText`) }));
    }
    return sites.map(({ city, role }) => ({ key: `${city} ${role}`, icon: icons[role], title: city, text: t(role) }));
  }

  return (
    <section className={classes.night} aria-labelledby="donnees">
      <div className={`${page.wide} ${classes.nightGrid}`}>
        <div>
          <h2 className={page.title} id="donnees">
            {t("title")}
          </h2>
          <div className={classes.intro}>
            <p className={page.lead}>{t("lead")}</p>
          </div>
          <ul className={classes.sites} aria-label={t(host.sites.length > 0 ? "sites" : "seals")}>
            {linesOf(host).map(({ key, icon: Icon, title, text }) => (
              <li key={key}>
                <Icon aria-hidden />
                <div>
                  <strong>{title}</strong>
                  <span>{text}</span>
                </div>
              </li>
            ))}
          </ul>
        </div>
        <table className={classes.who}>
          <thead>
            <tr>
              <th scope="col">{t("who")}</th>
              <th scope="col">{t("sees")}</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person}>
                <th scope="row">{t(person)}</th>
                <td>{t(`${person}Sees`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
