import { useLocale, useTranslations } from "next-intl";
import { languageOf } from "../../_i18n/locale.ts";
import { setLocale } from "../../_i18n/set-locale.ts";
import classes from "./language-switch.module.css";

/** Shows the page in the other language and keeps it as it is. A plain form, so it also works before or without JavaScript. */
export function LanguageSwitch() {
  const t = useTranslations("common.language");
  const other = languageOf(useLocale()) === "fr" ? "en" : "fr";
  return (
    <form action={setLocale.bind(null, other)} className={classes.form}>
      <button type="submit" className={classes.button} lang={other} aria-label={t("switchToLabel")}>
        {t("switchTo")}
      </button>
    </form>
  );
}
