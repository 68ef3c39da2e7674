import { useTranslations } from "next-intl";
import page from "./landing.module.css";
import classes from "./questions.module.css";

const questions = ["agenda", "law", "password", "free", "close", "language"] as const;

/** What people ask, the awkward one first. */
export function Questions() {
  const t = useTranslations("site.faq");
  return (
    <section className={page.wide} aria-labelledby="questions">
      <div className={page.section}>
        <h2 className={page.title} id="questions">
          {t("title")}
        </h2>
        <dl className={classes.questions}>
          {questions.map((question) => (
            <div key={question} className={classes.question}>
              <dt>{t(`${question}.q`)}</dt>
              <dd>{t(`${question}.a`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
