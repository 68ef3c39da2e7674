"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { FreeTime } from "#server/booking/free-times.ts";
import type { VisitView } from "#server/booking/read-visit.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import { type AppLocale, languageOf } from "../../../_i18n/locale.ts";
import button from "../../../_ui/plain-button/plain-button.module.css";
import { useAnnounce } from "../../_visit/announce.tsx";
import { CalendarButton } from "../../_visit/calendar-button.tsx";
import { offersIn } from "../../_visit/offers-in.ts";
import { useFocusNext } from "../../_visit/use-focus-next.ts";
import { useVisitError } from "../../_visit/use-visit-error.ts";
import { keyOf, makeVisitClient } from "../../_visit/visit-client.ts";
import { Preparation, VisitFacts } from "../../_visit/visit-facts.tsx";
import { visitToken } from "../../_visit/visit-token.ts";
import classes from "./manage.module.css";
import { MoveVisit } from "./move-visit.tsx";

interface ManageProps {
  slug: string;
  /** As it is shown and as it is called; null when the clinic gave none. */
  phone: { text: string; href: string } | null;
  homeHref: string;
  bookHref: string;
}

type Opened = { state: "opening" } | { state: "none" | "dead" } | { state: "open"; visit: VisitView };

/** Opening shows, and changes nothing: what reads links in mails can follow this one. Each act is a button. */
export function Manage({ slug, phone, homeHref, bookHref }: ManageProps) {
  const t = useTranslations("booking.manage");
  const locale = languageOf(useLocale() as AppLocale);
  const client = useMemo(() => makeVisitClient(slug), [slug]);
  const { announce, voice } = useAnnounce();
  const { failure, fail, clear } = useVisitError();
  const [opened, setOpened] = useState<Opened>({ state: "opening" });
  const [act, setAct] = useState<"none" | "move" | "cancel">("none");
  const [busy, setBusy] = useState(false);
  // What was just done and that the page does not say of itself.
  const [done, setDone] = useState("");
  // What is free instead of a time that could not be given back.
  const [next, setNext] = useState<readonly FreeTime[]>([]);
  const [now, setNow] = useState(() => Date.now());
  const focusNext = useFocusNext();
  const title = useRef<HTMLHeadingElement>(null);

  const read = useCallback(async () => {
    try {
      setOpened({ state: "open", visit: await client.booking.visit.query() });
    } catch (error) {
      if (keyOf(error) === "booking.noVisit") setOpened({ state: "dead" });
      else fail(error);
    }
  }, [client, fail]);

  // The link's own part of the address is known to the browser alone, and changes when another link is pasted.
  useEffect(() => {
    const open = () => {
      const token = location.hash.slice(1);
      visitToken.keep(/^[\w-]{43}$/.test(token) ? token : undefined);
      if (token === "") setOpened({ state: "none" });
      else if (!/^[\w-]{43}$/.test(token)) setOpened({ state: "dead" });
      else void read();
    };
    open();
    addEventListener("hashchange", open);
    return () => removeEventListener("hashchange", open);
  }, [read]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);

  /** One change, then the visit as it is; a refusal too shows it as it is. */
  async function change(call: () => Promise<unknown>, said?: string, shown = false) {
    if (busy) return;
    setBusy(true);
    setDone("");
    setNext([]);
    clear();
    try {
      await call();
      setAct("none");
      if (said) announce(said);
      if (said && shown) setDone(said);
    } catch (error) {
      fail(error);
      setNext(offersIn(error) ?? []);
      setAct("none");
    }
    await read();
    setBusy(false);
    focusNext(() => title.current);
  }

  /** What had the focus goes with what is asked next: the title of it takes it. */
  function turn(to: typeof act) {
    setDone("");
    setAct(to);
    if (to !== "cancel") focusNext(() => title.current);
  }

  const heading = (text: ReactNode) => (
    <h1 ref={title} tabIndex={-1} className={classes.title}>
      {text}
    </h1>
  );
  const call = phone && (
    <a href={phone.href} className={button.secondary}>
      {t("call", { phone: phone.text })}
    </a>
  );
  const whole = (children: ReactNode) => (
    <div className={classes.page}>
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
      <>
        {heading(t("title"))}
        <noscript>
          <p>{t("opening")}</p>
        </noscript>
        {!failure && <p className={classes.quiet}>{t("loading")}</p>}
      </>,
    );
  if (opened.state !== "open")
    return whole(
      <>
        {heading(opened.state === "none" ? t("noLink") : t("dead"))}
        <p>{opened.state === "none" ? t("noLinkLead") : t("deadLead")}</p>
        <div className={classes.acts}>
          {call}
          <a href={homeHref} className={button.secondary}>
            {t("clinic")}
          </a>
        </div>
      </>,
    );

  const { visit } = opened;
  const { version, state, timeZone, confirmedAt } = visit;
  const when = sayWhen(visit.startsAt, timeZone, locale);
  const changeable = visit.changeUntil.getTime() > now;
  // Of a visit that one may move: brought forward, it moves.
  const sooner = state === "upcoming" && changeable && visit.movable && act === "none";
  const undoable = visit.undoUntil !== null && visit.undoUntil.getTime() > now;

  if (act === "move")
    return whole(
      <>
        {heading(t("moveTitle"))}
        <p>{t("moveNow", { when })}</p>
        <MoveVisit
          client={client}
          visit={visit}
          locale={locale}
          announce={announce}
          fail={fail}
          onMoved={(at) => change(async () => undefined, t("moved", { when: sayWhen(at, timeZone, locale) }), true)}
          onBack={() => turn("none")}
        />
      </>,
    );

  return whole(
    <>
      {heading(t(state))}
      {done && <p className={classes.said}>{done}</p>}
      <VisitFacts visit={visit} locale={locale} />
      {state === "upcoming" && visit.service?.videoLink && (
        <a href={visit.service.videoLink} className={button.primary} rel="noreferrer noopener" target="_blank">
          {t("video")}
        </a>
      )}
      {state === "upcoming" && act === "none" && (
        <div className={classes.acts}>
          {confirmedAt ? (
            <p className={classes.said}>{t("confirmed")}</p>
          ) : (
            <button
              type="button"
              className={button.primary}
              disabled={busy}
              onClick={() => change(() => client.booking.confirmPresence.mutate({ version }), t("saidConfirmed"))}
            >
              {t("confirm")}
            </button>
          )}
          {changeable && visit.movable && (
            <button type="button" className={button.secondary} disabled={busy} onClick={() => turn("move")}>
              {t("move")}
            </button>
          )}
          {changeable && (
            <button type="button" className={button.secondary} disabled={busy} onClick={() => turn("cancel")}>
              {t("cancel")}
            </button>
          )}
        </div>
      )}
      {act === "cancel" && (
        <section className={classes.sure} aria-labelledby="sure">
          <h2 id="sure">{t("cancelTitle")}</h2>
          <p className={classes.sentence}>{t("cancelLead", { when })}</p>
          <div className={classes.acts}>
            <button
              type="button"
              className={button.primary}
              disabled={busy}
              // biome-ignore lint/a11y/noAutofocus: the question that the person just asked for
              autoFocus
              onClick={() => change(() => client.booking.cancel.mutate({ version }), t("cancelled"))}
            >
              {t("cancelYes")}
            </button>
            <button type="button" className={button.secondary} disabled={busy} onClick={() => turn("none")}>
              {t("cancelNo")}
            </button>
          </div>
        </section>
      )}
      {sooner && (
        <section className={classes.sooner} aria-labelledby="sooner">
          <h2 id="sooner">{t(visit.waits ? "soonerOn" : "sooner")}</h2>
          <p>{t(visit.waits ? "soonerOnLead" : "soonerLead")}</p>
          <button
            type="button"
            className={button.secondary}
            disabled={busy}
            onClick={() =>
              visit.waits
                ? change(() => client.waitlist.leave.mutate(), t("soonerLeft"))
                : change(() => client.waitlist.sooner.mutate({ id: crypto.randomUUID() }), t("soonerSaid"))
            }
          >
            {t(visit.waits ? "soonerLeave" : "soonerAsk")}
          </button>
        </section>
      )}
      {state === "upcoming" && (
        <p className={classes.quiet}>
          {changeable ? t("until", { when: sayWhen(visit.changeUntil, timeZone, locale) }) : t("tooLate")}
        </p>
      )}
      {state === "cancelled" && (
        <>
          <p>
            {undoable && visit.undoUntil
              ? t("cancelledLead", { time: sayWhen(visit.undoUntil, timeZone, locale, "time") })
              : t("cancelledOver")}
          </p>
          {next.length > 0 && (
            <p>
              {t("undoNext", {
                times: next
                  .map(({ startsAt }) => sayWhen(startsAt, timeZone, locale))
                  .join(locale === "fr" ? " ; " : "; "),
              })}
            </p>
          )}
          <div className={classes.acts}>
            {undoable && (
              <button
                type="button"
                className={button.primary}
                disabled={busy}
                onClick={() => change(() => client.booking.undoCancel.mutate(), t("undone"), true)}
              >
                {t("undo")}
              </button>
            )}
            <a href={bookHref} className={button.secondary}>
              {t("another")}
            </a>
          </div>
        </>
      )}
      {state === "over" && (
        <a href={bookHref} className={`${button.secondary} ${classes.start}`}>
          {t("another")}
        </a>
      )}
      <Preparation visit={visit} locale={locale} />
      {state === "upcoming" && (
        <div className={classes.acts}>
          <CalendarButton client={client} fail={fail} />
          {call}
        </div>
      )}
    </>,
  );
}
