import Link from "next/link";
import { useTranslations } from "next-intl";
import type { HostSettings } from "#server/host/read-settings.ts";
import { AppearanceMenu } from "../../_ui/appearance/appearance-menu.tsx";
import { Logo } from "../../_ui/logo/logo.tsx";
import classes from "./site-footer.module.css";

/** Where trust is looked for: terms, privacy, security, status, and how to reach the host. */
export function SiteFooter({ host }: { host: HostSettings }) {
  const t = useTranslations("site");
  return (
    <footer className={classes.footer}>
      <div className={classes.inner}>
        <div className={classes.brand}>
          <Logo height={22} />
          <p>{t("footer.tagline")}</p>
          <p>{t("footer.license")}</p>
        </div>
        <LinkList title={t("footer.product")}>
          <Link href="/ouvrir" prefetch={false}>
            {t("nav.signUp")}
          </Link>
          <Link href="/connexion" prefetch={false}>
            {t("nav.signIn")}
          </Link>
          <Link href="/statut" prefetch={false}>
            {t("footer.status")}
          </Link>
          <Link href="/code-source" prefetch={false}>
            {t("footer.source")}
          </Link>
        </LinkList>
        <LinkList title={t("footer.trust")}>
          <Link href="/legal/vie-privee" prefetch={false}>
            {t("footer.privacy")}
          </Link>
          <Link href="/securite" prefetch={false}>
            {t("footer.security")}
          </Link>
          <Link href="/legal/conditions" prefetch={false}>
            {t("footer.terms")}
          </Link>
        </LinkList>
        {(host.contactEmail || host.contactPhone) && (
          <LinkList title={t("footer.contact")}>
            {host.contactEmail && <a href={`mailto:${host.contactEmail}`}>{host.contactEmail}</a>}
            {host.contactPhone && (
              <a href={`tel:${host.contactPhone.replace(/[^+\d]/g, "")}`} className="cv-nowrap">
                {host.contactPhone}
              </a>
            )}
          </LinkList>
        )}
        <div className={classes.appearance}>
          <AppearanceMenu />
        </div>
      </div>
    </footer>
  );
}

function LinkList({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className={classes.list} aria-label={title}>
      <p className={classes.title}>{title}</p>
      {children}
    </section>
  );
}
