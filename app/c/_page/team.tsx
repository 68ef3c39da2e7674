import { useTranslations } from "next-intl";
import type { PageView } from "#server/public-page/compose-page.ts";
import { PersonDisc } from "../../_ui/person/person-disc.tsx";
import type { PageLinks } from "./links.ts";
import classes from "./team.module.css";

type Practitioner = PageView["practitioners"][number];

/** « Dre Anne-Sophie Gagnon ». */
export const nameOf = ({ prefix, givenName, familyName }: Practitioner) =>
  [prefix, givenName, familyName]
    .filter(Boolean)
    .join("\u00a0")
    .replace(/\u00a0(?=\S+$)/u, " ");

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
              <PersonDisc name={nameOf(person)} size={48} />
              <span className={classes.words}>
                <strong>{nameOf(person)}</strong>
                <span>{words(person.profession as "physician")}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
