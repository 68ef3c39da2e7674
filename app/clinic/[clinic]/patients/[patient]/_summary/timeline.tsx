"use client";

import { Anchor, Breadcrumbs } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TimelinePeriod } from "#server/timeline/read-timeline.ts";
import { type TimelineKind, timelineKinds } from "#server/timeline/schema.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { useMeasureWords } from "./measure-words.ts";
import classes from "./timeline.module.css";

/** From years to days (GM-2): a year opens into its months, a month into its days, and the way back stands above. */
export function Timeline({ patientId }: { patientId: string }) {
  const t = useTranslations("record.timeline");
  const say = useErrorText();
  const trpc = useTRPC();
  const [within, setWithin] = useState("");
  const found = useQuery({
    ...trpc.timeline.read.queryOptions({ patientId, within }),
    placeholderData: keepPreviousData,
  });
  if (found.isError)
    return (
      <ErrorPanel requestId={say(found.error).requestId} onRetry={() => void found.refetch()}>
        {say(found.error).message}
      </ErrorPanel>
    );
  const path = [
    { at: "", label: t("years") },
    ...(within ? [{ at: within.slice(0, 4), label: within.slice(0, 4) }] : []),
    ...(within.length > 4 ? [{ at: within, label: within }] : []),
  ];
  const most = Math.max(1, ...(found.data ?? []).map(total));
  return (
    <>
      <Breadcrumbs mb="sm">
        {path.map(({ at, label }) =>
          at === within ? (
            <strong key={at}>{label}</strong>
          ) : (
            <Anchor key={at} component="button" type="button" onClick={() => setWithin(at)}>
              {label}
            </Anchor>
          ),
        )}
      </Breadcrumbs>
      {found.data?.length === 0 && <p className={classes.none}>{t("none")}</p>}
      <ol className={classes.periods}>
        {found.data?.map((period) => (
          <Period
            key={period.period}
            period={period}
            share={total(period) / most}
            onOpen={
              within.length < 7 && period.period.length > within.length ? () => setWithin(period.period) : undefined
            }
          />
        ))}
      </ol>
    </>
  );
}

const total = ({ counts }: TimelinePeriod) => Object.values(counts).reduce((sum, count) => sum + count, 0);

interface PeriodProps {
  period: TimelinePeriod;
  /** Of the fullest one. */
  share: number;
  onOpen: (() => void) | undefined;
}

function Period({ period: { period, counts, items }, share, onOpen }: PeriodProps) {
  const t = useTranslations("record.timeline.kinds");
  const said = timelineKinds.flatMap((kind) => {
    const count = counts[kind];
    return count ? [t(kind, { count })] : [];
  });
  return (
    <li className={classes.period}>
      {onOpen ? (
        <button type="button" className={classes.open} data-row onClick={onOpen}>
          {period}
        </button>
      ) : (
        <span className={classes.day}>{period}</span>
      )}
      <span className={classes.bar} aria-hidden>
        <span style={{ width: `${Math.max(share * 100, 3)}%` }} />
      </span>
      {items.length > 0 ? <Items items={items} /> : <span className={classes.said}>{said.join(" · ")}</span>}
    </li>
  );
}

function Items({ items }: { items: TimelinePeriod["items"] }) {
  const words = useMeasureWords();
  const t = useTranslations("record.timeline.kinds");
  const byKind = new Map<TimelineKind, string[]>();
  for (const { kind, label, code } of items)
    byKind.set(kind, [...(byKind.get(kind) ?? []), code ? words.name(code, label) : label]);
  return (
    <span className={classes.items}>
      {[...byKind].map(([kind, labels]) => (
        <span key={kind}>
          <span className={classes.said}>{t(kind, { count: labels.length })}</span>{" "}
          {[...new Set(labels)].filter(Boolean).join(", ")}
        </span>
      ))}
    </span>
  );
}
