import { useTranslations } from "next-intl";
import classes from "./foot.module.css";
import { Icon } from "./icon.tsx";
import { OpenNow } from "./open-now.tsx";
import { type PartProps, written } from "./part.ts";
import { WeekHours } from "./week-hours.tsx";

/** Hours, how to come, and who answers for what is known of whoever comes. */
export function Foot({ page, links, language }: PartProps) {
  const t = useTranslations("clinicPage");
  const { content, officer, locations } = page;
  const directions = written(language, content.directionsFr, content.directionsEn);
  const several = locations.length > 1;
  const [only] = locations;
  return (
    <div className={classes.foot}>
      {several && (
        <section className={classes.places} aria-labelledby="places">
          <h2 id="places" className={classes.heading}>
            {t("places")}
          </h2>
          <ul className={classes.locations}>
            {locations.map((location) => (
              <li key={location.id}>
                <h3 className={classes.location}>{location.name}</h3>
                {location.hours && (
                  <p>
                    <OpenNow hours={location.hours} language={language} />
                  </p>
                )}
                <p>
                  {[location.addressLine, [location.city, location.postalCode].filter(Boolean).join(" ")]
                    .filter(Boolean)
                    .join(", ")}
                </p>
                {location.phone && (
                  <p>
                    <a href={location.phone.href} className="cv-nowrap">
                      {location.phone.text}
                    </a>
                  </p>
                )}
                {location.hours && <WeekHours hours={location.hours} language={language} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className={classes.columns}>
        {!several && only?.hours && (
          <section aria-labelledby="hours">
            <h2 id="hours" className={classes.heading}>
              {t("hours")}
            </h2>
            <WeekHours hours={only.hours} language={language} />
          </section>
        )}
        {directions && (
          <section aria-labelledby="directions">
            <h2 id="directions" className={classes.heading}>
              {t("directions")}
            </h2>
            <ul className={classes.directions}>
              {directions.split("\n").map((one, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text, which do not move.
                <li key={place}>
                  <Icon name="pin" />
                  <span>{one}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section aria-labelledby="information">
          <h2 id="information" className={classes.heading}>
            {t("information")}
          </h2>
          <p className={classes.officer}>
            {officer.title
              ? t("officerTitled", { name: officer.name, title: officer.title.toLocaleLowerCase(language) })
              : t("officer", { name: officer.name })}
          </p>
          <ul className={classes.contacts}>
            {officer.email && (
              <li>
                <a href={`mailto:${officer.email}`}>{officer.email}</a>
              </li>
            )}
            {officer.phone && (
              <li>
                <a href={officer.phone.href} className="cv-nowrap">
                  {officer.phone.text}
                </a>
              </li>
            )}
            <li>
              <a href={links.notice}>{t("notice")}</a>
            </li>
          </ul>
        </section>
      </div>
    </div>
  );
}
