"use client";

import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { Displaced } from "./displaced.tsx";
import { Exceptions } from "./exceptions.tsx";
import { Holidays } from "./holidays.tsx";
import classes from "./hours.module.css";
import { Policy } from "./policy.tsx";
import { Rooms } from "./rooms.tsx";
import { Weeks } from "./weeks.tsx";

interface HoursProps {
  /** In the clinic, `YYYY-MM-DD`. */
  today: string;
  mayManage: boolean;
  seesVisits: boolean;
}

const views = ["weeks", "exceptions", "holidays", "rooms", "policy", "displaced"] as const;
type View = (typeof views)[number];

/** The six sides of when the clinic works; which one is in the address, so that it can be sent or come back to. */
export function Hours({ today, mayManage, seesVisits }: HoursProps) {
  const t = useTranslations("hours");
  const say = useErrorText();
  const trpc = useTRPC();
  const path = usePathname();
  const search = useSearchParams();
  const resources = useQuery(trpc.schedule.resource.list.queryOptions());
  const locations = useQuery(trpc.location.list.queryOptions());
  const asked = search.get("view") as View;
  const shown = views.filter((view) => view !== "displaced" || seesVisits);
  const view = shown.includes(asked) ? asked : "weeks";
  const failed = resources.error ?? locations.error;

  function show(next: string | null) {
    window.history.replaceState(null, "", next === "weeks" ? path : `${path}?view=${next}`);
  }

  function body() {
    if (failed)
      return (
        <ErrorPanel
          requestId={say(failed).requestId}
          onRetry={() => void Promise.all([resources.refetch(), locations.refetch()])}
        >
          {say(failed).message}
        </ErrorPanel>
      );
    if (!resources.data || !locations.data) return <SkeletonRows rows={8} />;
    const known = { resources: resources.data, locations: locations.data, today, mayManage };
    return {
      weeks: <Weeks {...known} />,
      exceptions: <Exceptions {...known} />,
      holidays: <Holidays mayManage={mayManage} />,
      rooms: <Rooms {...known} onChanged={() => void resources.refetch()} />,
      policy: <Policy mayManage={mayManage} />,
      displaced: <Displaced resources={known.resources} />,
    }[view];
  }

  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>} />
      <PageBody>
        <Tabs value={view} onChange={show} keepMounted={false}>
          <Tabs.List className={classes.tabs} aria-label={t("title")}>
            {shown.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`views.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {shown.map((one) => (
            <Tabs.Panel key={one} value={one} className={classes.panel}>
              {one === view && body()}
            </Tabs.Panel>
          ))}
        </Tabs>
      </PageBody>
    </>
  );
}
