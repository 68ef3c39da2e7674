import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { tiedPractitionerName } from "#server/practitioner/practitioner-name.ts";
import { languageOf } from "../../../../_i18n/locale.ts";
import { api } from "../../../../_trpc/server.ts";
import { PersonDisc } from "../../../../_ui/person/person-disc.tsx";
import classes from "../../../_page/article.module.css";
import { linksOf } from "../../../_page/links.ts";
import { pageMetadata } from "../../../_page/page-metadata.ts";
import { PublicFrame } from "../../../_page/public-frame.tsx";
import { orNothing, readPublicPage } from "../../../_page/read-public-page.ts";
import { ServiceRow } from "../../../_page/service-row.tsx";

type PageProps = { params: Promise<{ clinic: string; id: string }> };

async function readPractitioner(slug: string, id: string) {
  const page = await readPublicPage(slug);
  const person = page.practitioners.find((one) => one.id === id);
  if (!person) notFound();
  return { page, person };
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { clinic, id } = await params;
  const { page, person } = await readPractitioner(clinic, id);
  return pageMetadata(page, `/soignants/${id}`, tiedPractitionerName(person));
}

/** One person of the clinic's, to be shared by its address: what they give, and the first place for each. */
export default async function PractitionerPage({ params }: PageProps) {
  const { clinic: slug, id } = await params;
  const { page, person } = await readPractitioner(slug, id);
  const places = await orNothing(async () =>
    (await api(slug, "visitor")).publicPage.nextPlaces({ practitionerId: id }),
  );
  const [t, words, language] = [
    await getTranslations("clinicPage"),
    await getTranslations("vocabulary.professions"),
    languageOf(await getLocale()),
  ];
  const links = linksOf(page.slug, language);
  const offered = places.flatMap(({ serviceId, place }) => {
    const service = page.services.find((one) => one.id === serviceId);
    return service ? [{ service, place }] : [];
  });
  return (
    <PublicFrame clinicName={page.name} links={links}>
      <article className={classes.article}>
        <a href={links.home} className={classes.back}>
          {t("backToClinic", { clinic: page.name })}
        </a>
        <div className={classes.person}>
          <PersonDisc name={tiedPractitionerName(person)} size={64} />
          <div>
            <h1 className={classes.title}>{tiedPractitionerName(person)}</h1>
            <p className={classes.facts}>{words(person.profession as "physician")}</p>
          </div>
        </div>
        <section className={classes.section}>
          <h2 className={classes.heading}>{t("gives", { name: tiedPractitionerName(person) })}</h2>
          {offered.length === 0 ? (
            <p>{t("noOnline")}</p>
          ) : (
            <ul className={classes.rows}>
              {offered.map(({ service, place }) => (
                <li key={service.id}>
                  <ServiceRow
                    service={service}
                    href={links.bookWith(id, service.id)}
                    next={place}
                    now={page.now}
                    language={language}
                  />
                </li>
              ))}
            </ul>
          )}
        </section>
      </article>
    </PublicFrame>
  );
}
