import { useTranslations } from "next-intl";
import type { HostSettings } from "#server/host/read-settings.ts";
import { LinkButton } from "../../_ui/link-button/link-button.tsx";
import classes from "./hero.module.css";
import page from "./landing.module.css";
import { ProductPicture } from "./product-picture.tsx";

/** What it is, for whom, and the way in. The demo is offered only where there is one: on one's own machine. */
export function Hero({ host, withDemo }: { host: HostSettings; withDemo: boolean }) {
  const t = useTranslations("site.hero");
  return (
    <div className={page.wide}>
      <div className={classes.hero}>
        <h1 className={classes.heroTitle}>{t("title")}</h1>
        <div>
          <p className={page.lead}>{t("lead")}</p>
          <div className={classes.buttons}>
            <LinkButton href="/ouvrir" size="lg">
              {t("signUp")}
            </LinkButton>
            {withDemo && (
              <LinkButton href="/connexion" size="lg" variant="default">
                {t("demo")}
              </LinkButton>
            )}
          </div>
          <p className={classes.ready}>{host.trialDays > 0 ? t("readyTrial", { days: host.trialDays }) : t("ready")}</p>
        </div>
      </div>
      <div className={classes.stage}>
        <ProductPicture />
      </div>
    </div>
  );
}
