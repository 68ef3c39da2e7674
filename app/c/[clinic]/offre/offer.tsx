"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { sayWhen } from "#server/schedule/say-when.ts";
import type { OfferView } from "#server/waitlist/read-offer.ts";
import { type AppLocale, languageOf } from "../../../_i18n/locale.ts";
import button from "../../../_ui/plain-button/plain-button.module.css";
import { useAnnounce } from "../../_visit/announce.tsx";
import { useFocusNext } from "../../_visit/use-focus-next.ts";
import { useVisitError } from "../../_visit/use-visit-error.ts";
import { makeVisitClient } from "../../_visit/visit-client.ts";
import { visitToken } from "../../_visit/visit-token.ts";
import classes from "../gerer/manage.module.css";
import { OfferFacts } from "./offer-facts.tsx";

interface OfferProps {
  slug: string;
  /** As it is shown and as it is called; null when the clinic gave none. */
  phone: { text: string; href: string } | null;
  homeHref: string;
}

type Opened = { state: "opening" } | { state: "dead" } | { state: "read"; offer: OfferView };

/** Opening shows, and takes nothing: what reads links in mails can follow this one. The first who presses the button has the time. */
export function Offer({ slug, phone, homeHref }: OfferProps) {
  const t = useTranslations("offer");
  const locale = languageOf(useLocale() as AppLocale);
  const client = useMemo(() => makeVisitClient(slug), [slug]);
  const { announce, voice } = useAnnounce();
  const { failure, fail, clear } = useVisitError();
  const [opened, setOpened] = useState<Opened>({ state: "opening" });
  const [token, setToken] = useState("");
  const [busy, setBusy] = useState(false);
  const [left, setLeft] = useState(false);
  const focusNext = useFocusNext();
  const title = useRef<HTMLHeadingElement>(null);

  const read = useCallback(async () => {
    try {
      setOpened({ state: "read", offer: await client.waitlist.readOffer.query() });
    } catch (error) {
      if (fail(error).code === "NotFound") {
        clear();
        setOpened({ state: "dead" });
      }
    }
  }, [client, fail, clear]);

  useEffect(() => {
    const open = () => {
      const found = location.hash.slice(1);
      const good = /^[\w-]{43}$/.test(found);
      visitToken.keep(good ? found : undefined);
      setToken(good ? found : "");
      setLeft(false);
      if (good) void read();
      else setOpened({ state: "dead" });
    };
    open();
    addEventListener("hashchange", open);
    return () => removeEventListener("hashchange", open);
  }, [read]);

  /** One answer, then the offer as it is; a refusal too shows it as it is. */
  async function answer(call: () => Promise<unknown>, said: string, leave = false) {
    if (busy) return;
    setBusy(true);
    clear();
    try {
      await call();
      setLeft(leave);
      announce(said);
    } catch (error) {
      fail(error);
    }
    await read();
    setBusy(false);
    focusNext(() => title.current);
  }

  /** At any time but once a place was accepted: who came too late may have enough of waiting. */
  const leaveList = (
    <button
      type="button"
      className={button.secondary}
      disabled={busy}
      onClick={() => answer(() => client.waitlist.declineOffer.mutate({ leave: true }), t("leftSaid"), true)}
    >
      {t("leave")}
    </button>
  );
  const call = phone && (
    <a href={phone.href} className={button.secondary}>
      {t("call", { phone: phone.text })}
    </a>
  );
  const home = (
    <a href={homeHref} className={button.secondary}>
      {t("clinic")}
    </a>
  );
  const whole = (heading: string, children: ReactNode) => (
    <div className={classes.page}>
      <h1 ref={title} tabIndex={-1} className={classes.title}>
        {heading}
      </h1>
      {failure && (
        <p className={classes.failure} role="alert">
          {failure}
        </p>
      )}
      {children}
      {voice}
    </div>
  );

  if (opened.state === "opening")
    return whole(
      t("title"),
      <>
        <noscript>
          <p>{t("script")}</p>
        </noscript>
        {!failure && <p className={classes.quiet}>{t("loading")}</p>}
      </>,
    );
  if (opened.state === "dead")
    return whole(
      t("dead"),
      <>
        <p>{t("deadLead")}</p>
        <div className={classes.acts}>
          {call}
          {home}
        </div>
      </>,
    );

  const { offer } = opened;
  const { state, movesFrom, timeZone } = offer;
  if (state === "open")
    return whole(
      t("title"),
      <>
        <OfferFacts offer={offer} locale={locale} />
        {movesFrom && <p>{t("moves", { when: sayWhen(movesFrom, timeZone, locale) })}</p>}
        <div className={classes.acts}>
          <button
            type="button"
            className={button.primary}
            disabled={busy}
            onClick={() => answer(() => client.waitlist.acceptOffer.mutate(), t("acceptedSaid"))}
          >
            {t(movesFrom ? "acceptMove" : "accept")}
          </button>
          <button
            type="button"
            className={button.secondary}
            disabled={busy}
            onClick={() => answer(() => client.waitlist.declineOffer.mutate({ leave: false }), t("declinedSaid"))}
          >
            {t("decline")}
          </button>
          {leaveList}
        </div>
        <p className={classes.quiet}>{t("until", { when: sayWhen(offer.expiresAt, timeZone, locale) })}</p>
      </>,
    );
  const told = left ? "left" : state;
  return whole(
    t(`states.${told}`),
    <>
      {state === "accepted" && <OfferFacts offer={offer} locale={locale} />}
      <p>{t(`leads.${told}`)}</p>
      <div className={classes.acts}>
        {state === "accepted" && (
          <a href={`/c/${slug}/gerer${locale === "en" ? "?lang=en" : ""}#${token}`} className={button.primary}>
            {t("manage")}
          </a>
        )}
        {call}
        {state !== "accepted" && !left && leaveList}
        {state !== "accepted" && home}
      </div>
    </>,
  );
}
