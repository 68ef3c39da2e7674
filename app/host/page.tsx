import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../_i18n/client-messages.tsx";
import { TrpcProvider } from "../_trpc/client.tsx";
import { refusalOf } from "../_trpc/page-error.ts";
import { api } from "../_trpc/server.ts";
import { LanguageSwitch } from "../_ui/language/language-switch.tsx";
import { Logo } from "../_ui/logo/logo.tsx";
import { Toasts } from "../_ui/toast/toasts.tsx";
import { Clinics } from "./clinics.tsx";
import classes from "./host.module.css";
import { Troubles } from "./troubles.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("host");
  return { title: t("title") };
}

/** The host's console, for its operators. Anybody else finds nothing at this address. */
export default async function HostPage() {
  const t = await getTranslations("host");
  const caller = await api(undefined, "host");
  await caller.host.clinics({ most: 1 }).catch((error: unknown) => {
    const refusal = refusalOf(error);
    if (refusal?.key === "secondFactorRequired") redirect("/host/second-facteur");
    if (refusal?.code === "Unauthenticated" || refusal?.code === "Locked") redirect("/host/connexion");
    if (refusal) notFound();
    throw error;
  });
  return (
    <ClientMessages of={["host"]}>
      <TrpcProvider realm="host">
        <div className={classes.page} data-density="workspace">
          <header className={classes.head}>
            <Logo height={24} label={t("title")} />
            <h1 className={classes.title}>{t("title")}</h1>
            <LanguageSwitch />
          </header>
          <main id="content" className={classes.main}>
            <Clinics />
            <Troubles />
          </main>
        </div>
        <Toasts />
      </TrpcProvider>
    </ClientMessages>
  );
}
