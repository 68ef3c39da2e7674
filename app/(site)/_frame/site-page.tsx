import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { HostSettings } from "#server/host/read-settings.ts";
import { SiteFooter } from "./site-footer.tsx";
import { SiteHeader } from "./site-header.tsx";
import classes from "./site-page.module.css";

/** Header and footer of the public pages. */
export function SitePage({ host, children }: { host: HostSettings; children: ReactNode }) {
  const t = useTranslations("common");
  return (
    <div className={classes.page} data-density="public">
      <a href="#content" className={classes.skip}>
        {t("skipToContent")}
      </a>
      <SiteHeader withPrices={host.prices.length > 0} />
      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <SiteFooter host={host} />
    </div>
  );
}
