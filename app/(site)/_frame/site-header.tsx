import { IconMenu2 } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { LanguageSwitch } from "../../_ui/language/language-switch.tsx";
import { Logo } from "../../_ui/logo/logo.tsx";
import classes from "./site-page.module.css";

/** On a phone the links fold into a menu that needs no JavaScript. */
export function SiteHeader({ withPrices }: { withPrices: boolean }) {
  const t = useTranslations("site.nav");
  const common = useTranslations("common");
  const links = [
    { href: "/#clinique", label: t("today") },
    { href: "/#donnees", label: t("data") },
    ...(withPrices ? [{ href: "/#prix", label: t("price") }] : []),
    { href: "/#hebergeurs", label: t("hosts") },
  ];
  return (
    <header className={classes.header}>
      <Link href="/" prefetch={false} className={classes.home}>
        <Logo height={23} label={common("home")} />
      </Link>
      <nav aria-label={t("label")} className={classes.links}>
        {links.map(({ href, label }) => (
          <a key={href} href={href} className={classes.link}>
            {label}
          </a>
        ))}
      </nav>
      <div className={classes.acts}>
        <LanguageSwitch />
        <Link href="/connexion" prefetch={false} className={classes.signIn}>
          {t("signIn")}
        </Link>
        <details className={classes.menu}>
          <summary className={classes.menuButton}>
            <IconMenu2 size={20} aria-hidden />
            {t("menu")}
          </summary>
          <nav aria-label={t("label")} className={classes.menuLinks}>
            {links.map(({ href, label }) => (
              <a key={href} href={href}>
                {label}
              </a>
            ))}
            <Link href="/connexion" prefetch={false}>
              {t("signIn")}
            </Link>
            <Link href="/ouvrir" prefetch={false}>
              {t("signUp")}
            </Link>
          </nav>
        </details>
      </div>
    </header>
  );
}
