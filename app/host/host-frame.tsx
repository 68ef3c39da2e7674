import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "../_i18n/client-messages.tsx";
import { SessionGuard } from "../_session/session-guard.tsx";
import { TrpcProvider } from "../_trpc/client.tsx";
import { refusalOf } from "../_trpc/page-error.ts";
import { api } from "../_trpc/server.ts";
import { LanguageSwitch } from "../_ui/language/language-switch.tsx";
import { LinkButton } from "../_ui/link-button/link-button.tsx";
import { Logo } from "../_ui/logo/logo.tsx";
import { Toasts } from "../_ui/toast/toasts.tsx";
import classes from "./host.module.css";

interface HostFrameProps {
  title: string;
  /** The other page of the console, and its words. */
  other: { href: string; words: string };
  children: ReactNode;
}

/** A page of the host's console, for its operators. Anybody else finds nothing at this address. */
export async function HostFrame({ title, other, children }: HostFrameProps) {
  const [t, common] = await Promise.all([getTranslations("host"), getTranslations("common")]);
  const { auth } = await api(undefined, "host");
  const { userId, displayName, email, idleMinutes } = await auth.session.state();
  return (
    <ClientMessages of={["host", "signIn", "site"]}>
      <TrpcProvider realm="host">
        <SessionGuard person={{ id: userId, displayName, email }} realm="host" idleMinutes={idleMinutes} />
        <div className={classes.page} data-density="workspace">
          <a href="#content" className={classes.skip}>
            {common("skipToContent")}
          </a>
          <header className={classes.head}>
            <Logo height={24} label={t("title")} />
            <h1 className={classes.title}>{title}</h1>
            <LinkButton href={other.href} variant="default">
              {other.words}
            </LinkButton>
            <LinkButton href="/host/compte" variant="subtle">
              {t("account")}
            </LinkButton>
            <LanguageSwitch />
          </header>
          <main id="content" tabIndex={-1} className={classes.main}>
            {children}
          </main>
        </div>
        <Toasts />
      </TrpcProvider>
    </ClientMessages>
  );
}

/** The operator's calls, or the door that they have to pass first. */
export async function operatorApi() {
  const caller = await api(undefined, "host");
  await caller.host.clinics({ most: 1 }).catch((error: unknown) => {
    const refusal = refusalOf(error);
    if (refusal?.key === "secondFactorRequired") redirect("/host/second-facteur");
    if (refusal?.code === "Unauthenticated" || refusal?.code === "Locked") redirect("/host/connexion");
    if (refusal) notFound();
    throw error;
  });
  return caller;
}
