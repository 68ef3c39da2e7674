import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { runtime } from "../_trpc/server.ts";
import { Street } from "../_ui/street/street.tsx";
import { readHost } from "./_frame/read-host.ts";
import { SitePage } from "./_frame/site-page.tsx";
import { Data } from "./_landing/data.tsx";
import { Hero } from "./_landing/hero.tsx";
import { Hosts } from "./_landing/hosts.tsx";
import classes from "./_landing/landing.module.css";
import { Prices } from "./_landing/prices.tsx";
import { Questions } from "./_landing/questions.tsx";
import { Today } from "./_landing/today.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site");
  return {
    title: { absolute: `Chevet · ${t("title")}` },
    description: t("description"),
    robots: { index: true, follow: true },
  };
}

export default async function LandingPage() {
  const host = await readHost();
  return (
    <SitePage host={host}>
      <Hero host={host} withDemo={runtime().local} />
      <Today />
      <Data host={host} />
      <Prices host={host} />
      <Hosts />
      <Questions />
      <Street className={classes.street} />
    </SitePage>
  );
}
