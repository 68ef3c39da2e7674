"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ChartView } from "#server/chart/record.ts";
import { useTRPC, useTRPCClient } from "../../../../_trpc/client.tsx";
import { DocumentsCard } from "./_documents/documents-card.tsx";
import classes from "./chart.module.css";
import { Facts } from "./facts.tsx";
import { IdentityBar } from "./identity-bar.tsx";
import { ReasonGate } from "./reason-gate.tsx";
import { VisitsCard } from "./visits-card.tsx";

interface ChartProps {
  slug: string;
  patientId: string;
  /** As the page itself opened it. */
  opened: ChartView;
  mayPlan: boolean;
  mayFile: boolean;
}

/** The chart on one screen: who it is stays at the head, whatever is read below. */
export function Chart({ slug, patientId, opened, mayPlan, mayFile }: ChartProps) {
  const t = useTranslations("chart");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const input = { patientId };
  // The page has opened it already; asked again by itself, it neither keeps a session awake nor fills the journal.
  const { data: chart, refetch } = useQuery({
    queryKey: trpc.chart.open.queryKey(input),
    queryFn: ({ signal }) =>
      client.chart.open.query({ ...input, refresh: true }, { signal, context: { background: true } }),
    initialData: opened,
    staleTime: 30_000,
  });
  if (chart.basis === null) return <ReasonGate patientId={patientId} onSaid={() => void refetch()} />;
  return (
    <article className={classes.chart} aria-label={t("title")}>
      <IdentityBar chart={chart} />
      <div className={classes.panes}>
        <div className={classes.pane}>
          <Facts patient={chart.patient} />
        </div>
        <div className={classes.pane}>
          <VisitsCard slug={slug} patient={chart.patient} visits={chart.visits} mayPlan={mayPlan} />
          {mayFile && <DocumentsCard patientId={patientId} mayWrite />}
        </div>
      </div>
    </article>
  );
}
