import { useTranslations } from "next-intl";
import { tiedPractitionerName } from "#server/practitioner/practitioner-name.ts";
import type { PageView } from "#server/public-page/compose-page.ts";
import { PersonDisc } from "../../_ui/person/person-disc.tsx";
import type { PageLinks } from "./links.ts";
import classes from "./team.module.css";

/** Who works here, each with a link that can be shared. */
export function Team({ page, links }: { page: PageView; links: PageLinks }) {
  const [t, words] = [useTranslations("clinicPage"), useTranslations("vocabulary.professions")];
  if (page.practitioners.length === 0) return null;
  return (
    <section className={classes.section} aria-labelledby="team">
      <h2 id="team" className={classes.heading}>
        {t("team")}
      </h2>
      <ul className={classes.people}>
        {page.practitioners.map((person) => (
          <li key={person.id}>
            <a href={links.practitioner(person.id)} className={classes.person}>
              <PersonDisc name={tiedPractitionerName(person)} size={48} />
              <span className={classes.words}>
                <strong>{tiedPractitionerName(person)}</strong>
                <span>{words(person.profession as "physician")}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
