"use client";

import { IconArrowLeft, IconLogout } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { callSignOut, type SignInRealm } from "../_session/call-sign-in.ts";
import { SessionGuard } from "../_session/session-guard.tsx";
import { TrpcProvider } from "../_trpc/client.tsx";
import { LanguageSwitch } from "../_ui/language/language-switch.tsx";
import { Logo } from "../_ui/logo/logo.tsx";
import { Toasts } from "../_ui/toast/toasts.tsx";
import classes from "./account-frame.module.css";

interface AccountFrameProps {
  person: { id: string; displayName: string; email: string };
  idleMinutes: number;
  realm: SignInRealm;
  /** `/compte`, or `/host/compte`. */
  base: string;
  /** Where the arrow leads, and its words. */
  back: { href: string; words: string };
  children: ReactNode;
}

const places = ["profile", "security", "sessions", "traces"] as const;
const paths = { profile: "", security: "/securite", sessions: "/sessions", traces: "/traces" };

/** One's own account: four pages in a row, whatever the clinic. */
export function AccountFrame({ person, idleMinutes, realm, base, back, children }: AccountFrameProps) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const here = usePathname();
  const entry = realm === "host" ? "/host/connexion" : "/connexion";

  return (
    <TrpcProvider realm={realm}>
      <SessionGuard person={person} realm={realm} idleMinutes={idleMinutes} />
      <div className={classes.page} data-density="public">
        <a href="#content" className={classes.skip}>
          {common("skipToContent")}
        </a>
        <header className={classes.head}>
          <div className={classes.inner}>
            <Logo height={24} label={common("product")} />
            <Link href={back.href} prefetch={false} className={classes.back}>
              <IconArrowLeft size={18} aria-hidden /> {back.words}
            </Link>
            <span className={classes.spring} />
            <LanguageSwitch />
            <button
              type="button"
              className={classes.out}
              onClick={() => callSignOut(realm).then(() => window.location.assign(entry))}
            >
              <IconLogout size={18} aria-hidden /> <span>{t("signOut")}</span>
            </button>
          </div>
        </header>
        <div className={classes.inner}>
          <main id="content" className={classes.main} tabIndex={-1}>
            <h1 className={classes.title}>{t("title")}</h1>
            <p className={classes.who}>
              {person.displayName} <span>{person.email}</span>
            </p>
            <nav className={classes.tabs} aria-label={t("title")}>
              {places.map((place) => {
                const href = `${base}${paths[place]}`;
                return (
                  <Link key={place} href={href} prefetch={false} aria-current={here === href ? "page" : undefined}>
                    {t(`places.${place}`)}
                  </Link>
                );
              })}
            </nav>
            <div className={classes.body}>{children}</div>
          </main>
        </div>
        <Toasts />
      </div>
    </TrpcProvider>
  );
}
