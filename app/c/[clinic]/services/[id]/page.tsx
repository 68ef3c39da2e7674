import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { tiedPractitionerName } from "#server/practitioner/practitioner-name.ts";
import { languageOf } from "../../../../_i18n/locale.ts";
import { api } from "../../../../_trpc/server.ts";
import button from "../../../../_ui/plain-button/plain-button.module.css";
import classes from "../../../_page/article.module.css";
import { linksOf } from "../../../_page/links.ts";
import { pageMetadata } from "../../../_page/page-metadata.ts";
import { written } from "../../../_page/part.ts";
import { PublicFrame } from "../../../_page/public-frame.tsx";
import { orNothing, readPublicPage } from "../../../_page/read-public-page.ts";
import { sayPlace } from "../../../_page/say-time.ts";

type PageProps = { params: Promise<{ clinic: string; id: string }> };

async function readService(slug: string, id: string) {
  const page = await readPublicPage(slug);
  const service = page.services.find((one) => one.id === id);
  if (!service) notFound();
  return { page, service };
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { clinic, id } = await params;
  const { page, service } = await readService(clinic, id);
  const language = languageOf(await getLocale());
  const about = written(language, service.description, service.descriptionEn);
  return pageMetadata(page, `/services/${id}`, written(language, service.name, service.nameEn), about);
}

/** One service, to be shared by its address: what it is, and the first place with each of those who give it. */
export default async function ServicePage({ params }: PageProps) {
  const { clinic: slug, id } = await params;
  const { page, service } = await readService(slug, id);
  const places = await orNothing(async () => (await api(slug, "visitor")).publicPage.nextPlaces({ serviceId: id }));
  const [t, format, language] = [
    await getTranslations("clinicPage"),
    await getFormatter(),
    languageOf(await getLocale()),
  ];
  const links = linksOf(page.slug, language);
  const words = { today: t("today"), tomorrow: t("tomorrow") };
  const facts = [
    service.modes.map((one) => t(`modes.${one}`)).join(", "),
    t("minutes", { minutes: service.durationMinutes }),
    service.insured ? t("insured") : service.priceCents !== null && format.number(service.priceCents / 100, "money"),
  ];
  return (
    <PublicFrame clinicName={page.name} links={links}>
      <article className={classes.article}>
        <a href={links.home} className={classes.back}>
          {t("backToClinic", { clinic: page.name })}
        </a>
        <h1 className={classes.title}>{written(language, service.name, service.nameEn)}</h1>
        <p className={classes.facts}>{facts.filter(Boolean).join(" · ")}</p>
        <p className={classes.lead}>
          {[
            written(language, service.description, service.descriptionEn),
            service.audience === "anyone" ? "" : t(`audience.${service.audience}`),
          ]
            .filter(Boolean)
            .join("\n")}
        </p>
        <div className={classes.acts}>
          <a href={links.bookService(id)} className={button.primary}>
            {t("book")}
          </a>
        </div>
        {places.length > 0 && (
          <section className={classes.section}>
            <h2 className={classes.heading}>{t("givenBy")}</h2>
            <ul className={classes.rows}>
              {places.map(({ practitionerId, place }) => {
                const person = page.practitioners.find((one) => one.id === practitionerId);
                return (
                  person && (
                    <li key={practitionerId}>
                      <a href={links.bookWith(practitionerId, id)} className={classes.choice}>
                        <strong>{tiedPractitionerName(person)}</strong>
                        {place ? (
                          <span className={classes.near}>{sayPlace(place, page.now, language, words).near}</span>
                        ) : (
                          <span className={classes.full}>{t("full")}</span>
                        )}
                      </a>
                    </li>
                  )
                );
              })}
            </ul>
          </section>
        )}
      </article>
    </PublicFrame>
  );
}
