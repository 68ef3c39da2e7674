import { useTranslations } from "next-intl";
import { Street } from "../../_ui/street/street.tsx";
import { FirstPlaces } from "./first-places.tsx";
import { Foot } from "./foot.tsx";
import { Icon } from "./icon.tsx";
import { OpenNow } from "./open-now.tsx";
import { type PartProps, written } from "./part.ts";
import classes from "./public-page.module.css";
import { ServiceRow } from "./service-row.tsx";
import { Team } from "./team.tsx";

/** The clinic's page itself. Everything is a link or a text: it needs no script. */
export function PublicPage({ page, links, language, cover }: PartProps & { cover: string | null }) {
  const t = useTranslations("clinicPage");
  const { content, services } = page;
  const welcome = written(language, content.welcomeFr, content.welcomeEn);
  const [first] = page.locations;
  const address =
    first && [first.addressLine, [first.city, first.postalCode].filter(Boolean).join(" ")].filter(Boolean);
  const phone = page.phone ?? first?.phone;
  const alone = page.locations.length === 1;
  const hours = alone ? first?.hours : null;
  const place = alone && address ? address.join(", ") : "";
  return (
    <>
      <div className={classes.cover}>
        {cover ? (
          // biome-ignore lint/performance/noImgElement: its own door serves it, encoded once; Next's optimiser would ask for a script and a cache.
          <img src={cover} alt="" className={classes.photo} fetchPriority="high" />
        ) : (
          <Street className={classes.street} />
        )}
      </div>
      <div className={classes.head}>
        <div className={classes.title}>
          <h1 className={classes.name}>{page.name}</h1>
          {welcome && <p className={classes.welcome}>{welcome}</p>}
        </div>
        <FirstPlaces page={page} links={links} language={language} />
        <div className={classes.facts}>
          {/* Three facts that a clinic may not have given: with none, a list of nothing would be read out. */}
          {(hours || place || phone) && (
            <ul className={classes.details}>
              {hours && (
                <li>
                  <Icon name="clock" />
                  <span>
                    <OpenNow hours={hours} language={language} />
                  </span>
                </li>
              )}
              {place && (
                <li>
                  <Icon name="pin" />
                  <span>{place}</span>
                </li>
              )}
              {phone && (
                <li>
                  <Icon name="phone" />
                  <a href={phone.href} className="cv-nowrap" aria-label={`${t("call")} ${phone.text}`}>
                    {phone.text}
                  </a>
                </li>
              )}
            </ul>
          )}
          {content.emergency && (
            <p className={classes.emergency}>
              <strong>{t("emergency")}</strong> {t("emergencyText")}
            </p>
          )}
        </div>
      </div>
      {services.length > 0 && (
        <section className={classes.section} aria-labelledby="services">
          <div className={classes.sectionHead}>
            <h2 id="services" className={classes.heading}>
              {t("services")}
            </h2>
            {services.some(({ insured }) => insured) && <p className={classes.aside}>{t("insuredNote")}</p>}
          </div>
          <ul className={classes.rows}>
            {services.map((service) => (
              <li key={service.id}>
                <ServiceRow
                  service={service}
                  href={links.bookService(service.id)}
                  next={service.next}
                  now={page.now}
                  language={language}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Team page={page} links={links} />
      <Foot page={page} links={links} language={language} />
    </>
  );
}
