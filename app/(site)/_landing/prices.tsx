import { useFormatter, useTranslations } from "next-intl";
import type { HostSettings } from "#server/host/read-settings.ts";
import page from "./landing.module.css";
import classes from "./prices.module.css";

/** The host's own prices; a host that has set none shows no prices at all. */
export function Prices({ host }: { host: HostSettings }) {
  const t = useTranslations("site.price");
  const format = useFormatter();
  if (host.prices.length === 0) return null;
  const money = (cents: number) =>
    format.number(cents / 100, { style: "currency", currency: "CAD", trailingZeroDisplay: "stripIfInteger" });
  const nameOf = (code: string) => (t.has(`plans.${code as "cabinet"}`) ? t(`plans.${code as "cabinet"}`) : code);
  return (
    <section className={page.wide} aria-labelledby="prix">
      <div className={page.section}>
        <div className={classes.priceHead}>
          <h2 className={page.title} id="prix">
            {t("title")}
          </h2>
          <p>{t("lead")}</p>
        </div>
        <ul className={classes.plans}>
          {host.prices.map(({ code, monthlyCents, per }) => (
            <li key={code} className={classes.plan}>
              <h3 className={classes.planName}>{nameOf(code)}</h3>
              <p className={classes.planPrice}>
                <strong>{money(monthlyCents)}</strong>
                {per === "professional" ? t("perProfessional") : t("perClinic")}
              </p>
            </li>
          ))}
          <li className={classes.plan}>
            <h3 className={classes.planName}>{t("home")}</h3>
            <p className={classes.planPrice}>
              <strong>{money(0)}</strong>
              {t("forever")}
            </p>
            <p className={classes.planText}>{t("homeText")}</p>
          </li>
        </ul>
      </div>
    </section>
  );
}
