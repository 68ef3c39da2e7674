"use client";

import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../_trpc/client.tsx";
import { Chip } from "../_ui/chip/chip.tsx";
import { Moment } from "../_ui/moment/moment.tsx";
import { Section } from "../_ui/section/section.tsx";
import { SkeletonRows } from "../_ui/skeleton/skeleton.tsx";
import classes from "./account.module.css";

/** What the journal keeps of this account: who came in or tried to, and what changed. */
export function TracesSection() {
  const t = useTranslations("account.traces");
  const trpc = useTRPC();
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    trpc.auth.account.traces.infiniteQueryOptions({}, { getNextPageParam: ({ next }) => next ?? undefined }),
  );
  const traces = data?.pages.flatMap((page) => page.traces);
  const words = (event: string) => {
    const key = event.replace(".", "_");
    return t.has(`events.${key}` as never) ? t(`events.${key}` as never) : event;
  };

  return (
    <Section title={t("title")} lead={t("lead")}>
      {!traces && <SkeletonRows rows={6} />}
      <ul className={classes.list}>
        {traces?.map(({ id, at, event, outcome, address }) => (
          <li key={id} className={classes.row}>
            <div className={classes.words}>
              <p className={classes.name}>
                {words(event)} {outcome === "refused" && <Chip tone="attention">{t("refused")}</Chip>}
              </p>
              <p className={classes.detail}>
                <Moment at={at} as="dateAndTime" ago /> {address && <>· {address}</>}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </Section>
  );
}
