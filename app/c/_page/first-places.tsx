import { useTranslations } from "next-intl";
import button from "../../_ui/plain-button/plain-button.module.css";
import classes from "./first-places.module.css";
import { Icon } from "./icon.tsx";
import { type PartProps, written } from "./part.ts";
import { sayPlace } from "./say-time.ts";

/** The one act of the page, and the earliest times of the clinic beside it. */
export function FirstPlaces({ page, links, language }: PartProps) {
  const t = useTranslations("clinicPage");
  const words = { today: t("today"), tomorrow: t("tomorrow") };
  const places = page.services
    .flatMap((service) => (service.next ? [{ service, at: service.next }] : []))
    .sort((a, b) => Date.parse(a.at.startsAt) - Date.parse(b.at.startsAt))
    .slice(0, 3);
  return (
    <div className={classes.card}>
      {page.services.length > 0 ? (
        <a href={links.book} className={`${button.primary} ${classes.book}`}>
          <Icon name="calendar" />
          {t("book")}
        </a>
      ) : (
        <p className={classes.none}>{t("noOnline")}</p>
      )}
      {places.length > 0 && (
        <div className={classes.places}>
          <h2 className={classes.heading}>{t("firstPlaces")}</h2>
          <ul>
            {places.map(({ service, at }) => {
              const said = sayPlace(at, page.now, language, words);
              return (
                <li key={service.id}>
                  <a href={links.bookService(service.id)} className={classes.row}>
                    <span className={classes.what}>
                      <strong>{written(language, service.name, service.nameEn)}</strong>
                      <span>
                        {t("minutes", { minutes: service.durationMinutes })},{" "}
                        {t(`modes.${service.modes[0] ?? "in-person"}`).toLocaleLowerCase(language)}
                      </span>
                    </span>
                    <span className={classes.when}>
                      <strong>{said.near}</strong>
                      <span>{said.date}</span>
                    </span>
                    <Icon name="next" className={classes.chevron} />
                  </a>
                </li>
              );
            })}
          </ul>
        </div>
      )}
      <p className={classes.already}>
        {t("already")} <a href={links.move}>{t("move")}</a>
      </p>
    </div>
  );
}
