"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import button from "../../../_ui/plain-button/plain-button.module.css";
import { useAnnounce } from "../../_visit/announce.tsx";
import { useFocusNext } from "../../_visit/use-focus-next.ts";
import { useVisitError } from "../../_visit/use-visit-error.ts";
import { makeVisitClient } from "../../_visit/visit-client.ts";
import { visitToken } from "../../_visit/visit-token.ts";
import classes from "../gerer/manage.module.css";

interface LeaveListProps {
  slug: string;
  /** As it is shown and as it is called; null when the clinic gave none. */
  phone: { text: string; href: string } | null;
  homeHref: string;
}

/** Opening asks the server nothing and ends nothing: what reads links in mails can follow this one. The button leaves. */
export function LeaveList({ slug, phone, homeHref }: LeaveListProps) {
  const t = useTranslations("leaveList");
  const client = useMemo(() => makeVisitClient(slug), [slug]);
  const { announce, voice } = useAnnounce();
  const { failure, fail, clear } = useVisitError();
  const [state, setState] = useState<"opening" | "open" | "left" | "dead">("opening");
  const [busy, setBusy] = useState(false);
  const focusNext = useFocusNext();
  const title = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    const open = () => {
      const found = location.hash.slice(1);
      const good = /^[\w-]{43}$/.test(found);
      visitToken.keep(good ? found : undefined);
      setState(good ? "open" : "dead");
    };
    open();
    addEventListener("hashchange", open);
    return () => removeEventListener("hashchange", open);
  }, []);

  async function leave() {
    if (busy) return;
    setBusy(true);
    clear();
    try {
      await client.waitlist.leave.mutate();
      setState("left");
      announce(t("left"));
    } catch (error) {
      if (fail(error).code === "NotFound") {
        clear();
        setState("dead");
      }
    }
    setBusy(false);
    focusNext(() => title.current);
  }

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

  if (state === "opening")
    return whole(
      t("title"),
      <>
        <noscript>
          <p>{t("script")}</p>
        </noscript>
        <p className={classes.quiet}>{t("loading")}</p>
      </>,
    );
  if (state === "open")
    return whole(
      t("title"),
      <>
        <p>{t("lead")}</p>
        <div className={classes.acts}>
          <button type="button" className={button.primary} disabled={busy} onClick={() => void leave()}>
            {t("leave")}
          </button>
        </div>
        <p className={classes.quiet}>{t("stay")}</p>
      </>,
    );
  return whole(
    t(state),
    <>
      <p>{t(`${state}Lead`)}</p>
      <div className={classes.acts}>
        {state === "dead" && phone && (
          <a href={phone.href} className={button.secondary}>
            {t("call", { phone: phone.text })}
          </a>
        )}
        <a href={homeHref} className={button.secondary}>
          {t("clinic")}
        </a>
      </div>
    </>,
  );
}
