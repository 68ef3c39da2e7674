import { useFormatter, useTranslations } from "next-intl";
import type { PageView } from "#server/public-page/compose-page.ts";
import type { Language } from "../../_i18n/locale.ts";
import { Icon } from "./icon.tsx";
import { written } from "./part.ts";
import { sayPlace } from "./say-time.ts";
import classes from "./service-row.module.css";

type Service = PageView["services"][number];

interface ServiceRowProps {
  service: Service;
  href: string;
  next: Service["next"];
  now: Date;
  language: Language;
}

const drawings = { "in-person": "building", phone: "phone", video: "video" } as const;

/** One service: what it is, where and how long, what it costs (insured or a price, never both), and the next place. The whole row leads to booking it. */
export function ServiceRow({ service, href, next, now, language }: ServiceRowProps) {
  const [t, format] = [useTranslations("clinicPage"), useFormatter()];
  const mode = service.modes[0] ?? "in-person";
  const said = next && sayPlace(next, now, language, { today: t("today"), tomorrow: t("tomorrow") });
  const about = [
    written(language, service.description, service.descriptionEn),
    service.audience === "anyone" ? "" : t(`audience.${service.audience}`),
  ];
  return (
    <a href={href} className={classes.row}>
      <span className={classes.what}>
        <strong className={classes.name}>{written(language, service.name, service.nameEn)}</strong>
        <span className={classes.about}>{about.filter(Boolean).join(" ")}</span>
      </span>
      <span className={classes.meta}>
        <span className={classes.how}>
          <Icon name={drawings[mode]} />
          <span>
            <span
              className={classes.mode}
              data-usual={(mode === "in-person" && service.modes.length === 1) || undefined}
            >
              {service.modes.map((one) => t(`modes.${one}`)).join(", ")},{" "}
            </span>
            {t("minutes", { minutes: service.durationMinutes })}
          </span>
        </span>
        <span className={classes.cost}>
          {service.insured && (
            <>
              <Icon name="card" />
              {t("insured")}
            </>
          )}
          {!service.insured && service.priceCents !== null && (
            <>
              <Icon name="receipt" />
              {format.number(service.priceCents / 100, "money")}
            </>
          )}
        </span>
      </span>
      {said ? <strong className={classes.next}>{said.near}</strong> : <span className={classes.full}>{t("full")}</span>}
      <Icon name="next" className={classes.chevron} />
    </a>
  );
}
