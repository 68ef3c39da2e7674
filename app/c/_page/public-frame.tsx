import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { languageOf } from "../../_i18n/locale.ts";
import { Logo } from "../../_ui/logo/logo.tsx";
import classes from "./frame.module.css";
import { otherLanguage, type PageLinks } from "./links.ts";

interface PublicFrameProps {
  clinicName: string;
  links: PageLinks;
  /** Said above all else: this is only a preview. */
  note?: string;
  children: ReactNode;
}

/** Head and foot of whatever a clinic shows to everybody: whose page it is, the other language, where information goes. */
export async function PublicFrame({ clinicName, links, note, children }: PublicFrameProps) {
  const [t, language, head] = [await getTranslations("clinicPage"), languageOf(await getLocale()), await headers()];
  const path = head.get("x-chevet-path") ?? "";
  return (
    <div className={classes.page} data-density="public">
      <a href="#content" className={classes.skip}>
        {t("skip")}
      </a>
      {note && (
        <aside className={classes.note} aria-label={note}>
          {note}
        </aside>
      )}
      <header className={classes.header}>
        <div className={classes.bar}>
          <a href={links.home} className={classes.name}>
            <span className={classes.dot} aria-hidden />
            {clinicName}
          </a>
          <nav className={classes.nav}>
            <a href={links.move} className={classes.manage}>
              {t("manage")}
            </a>
            <a
              href={otherLanguage(path, language)}
              lang={language === "fr" ? "en" : "fr"}
              hrefLang={language === "fr" ? "en-CA" : "fr-CA"}
              aria-label={t("switchLabel")}
              className={classes.language}
            >
              <span className={classes.wide}>{t("switch")}</span>
              <span className={classes.narrow}>{t("switchShort")}</span>
            </a>
          </nav>
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <footer className={classes.footer}>
        <div className={classes.bar}>
          <Logo height={20} label="Chevet" />
          <a href="/code-source">{t("free")}</a>
          <a href={links.notice} className={classes.last}>
            {t("notice")}
          </a>
        </div>
      </footer>
    </div>
  );
}
