import { IconDatabase, IconKey, IconServer } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { HostSettings } from "#server/host/read-settings.ts";
import classes from "./data.module.css";
import page from "./landing.module.css";

const icons = { records: IconServer, backup: IconDatabase, keys: IconKey };
const people = ["team", "other", "host", "third", "stolen"] as const;

/** Where the data lie (as the host declares it, or nothing) and who can see what. */
export function Data({ host }: { host: HostSettings }) {
  const t = useTranslations("site.data");
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
          {host.sites.length > 0 && (
            <ul className={classes.sites} aria-label={t("sites")}>
              {host.sites.map(({ city, role }) => {
                const Icon = icons[role];
                return (
                  <li key={`${city} ${role}`}>
                    <Icon aria-hidden />
                    <div>
                      <strong>{city}</strong>
                      <span>{t(role)}</span>
                    </div>
                  </li>
                );
              })}
            </ul>
          )}
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
