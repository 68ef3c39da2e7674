"use client";

import { Anchor } from "@mantine/core";
import { IconFileText, IconHourglass, IconLock, IconReceipt2, IconShieldCheck } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { regimeOf, retentionOf } from "#server/clinic/schema.ts";
import type { HostSettings } from "#server/host/read-settings.ts";
import { SummaryFact } from "../../_ui/frame/sign-up-frame.tsx";
import { Street } from "../../_ui/street/street.tsx";
import type { AcceptedTerms, Draft } from "./draft.ts";
import classes from "./sign-up-summary.module.css";

interface SignUpSummaryProps {
  draft: Draft;
  terms: AcceptedTerms | undefined;
  host: HostSettings;
  prefix: string;
  onReadAgain: () => void;
}

/** What these answers lead to: the page as it will look, then five facts, each said as it is at this very moment. */
export function SignUpSummary({ draft, terms, host, prefix, onReadAgain }: SignUpSummaryProps) {
  const t = useTranslations("signUp.summary");
  const fields = useTranslations("vocabulary.fields");
  const format = useFormatter();
  const { name, professions, slug } = draft.clinic;
  const regime = professions.length > 0 ? regimeOf(professions) : undefined;
  const retention = professions.length > 0 ? retentionOf(professions) : undefined;
  const named = format.list(
    professions.map((code, index) => (index === 0 ? fields(code) : fields(code).toLocaleLowerCase())),
    { type: "unit" },
  );
  const price = host.prices.find(({ per }) => per === "professional") ?? host.prices[0];
  const trial = host.trialDays > 0;

  return (
    <>
      <p className={classes.title}>{t("page")}</p>
      <div className={classes.page}>
        <p className={classes.address}>{slug ? `${prefix}${slug}` : t("addressToCome")}</p>
        <Street className={classes.street} />
        <div className={classes.words}>
          <p className={classes.name}>{name || t("nameToCome")}</p>
          {named && <p className={classes.professions}>{named}</p>}
        </div>
      </div>
      <div className={classes.facts}>
        <SummaryFact
          icon={<IconFileText />}
          title={terms ? t(terms.locale === "fr" ? "acceptedFrench" : "acceptedEnglish") : t("termsFirst")}
        >
          {terms ? (
            <>
              {t("acceptedOn", {
                version: terms.version,
                date: format.dateTime(new Date(terms.at), "date"),
                time: format.dateTime(new Date(terms.at), "time").replaceAll(" ", "\u00a0"),
              })}{" "}
              <Anchor component="button" type="button" onClick={onReadAgain} className={classes.again}>
                {t("readAgain")}
              </Anchor>
            </>
          ) : (
            t("termsFirstText")
          )}
        </SummaryFact>
        <SummaryFact icon={<IconShieldCheck />} title={regime ? t(`law.${regime}`) : t("law.unknown")}>
          {regime ? t(`lawText.${regime}`) : t("lawText.unknown")}
        </SummaryFact>
        <SummaryFact
          icon={<IconHourglass />}
          title={retention ? t("retention", { years: retention.years }) : t("retentionUnknown")}
        >
          {t(retention && !retention.source ? "retentionToConfirm" : "retentionText")}
        </SummaryFact>
        <SummaryFact icon={<IconLock />} title={t("closed")}>
          {t("closedText")}
        </SummaryFact>
        {(price || trial) && (
          <SummaryFact
            icon={<IconReceipt2 />}
            title={
              trial
                ? t("trial", { days: host.trialDays })
                : t("price", { price: format.number((price?.monthlyCents ?? 0) / 100, "money") })
            }
          >
            {price &&
              trial &&
              `${t(`then.${price.per}`, { price: format.number(price.monthlyCents / 100, price.monthlyCents % 100 === 0 ? "wholeMoney" : "money") })} `}
            {t("noCard")}
          </SummaryFact>
        )}
      </div>
    </>
  );
}
