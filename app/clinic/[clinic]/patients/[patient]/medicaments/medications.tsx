"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { OpenChartView } from "#server/chart/record.ts";
import type { MedicationsView } from "#server/medication/record.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import { AllergyChips } from "../_summary/allergy-chips.tsx";
import type { DeskAsked } from "../desk-place.ts";
import { IdentityBar } from "../identity-bar.tsx";
import { Desk } from "./desk.tsx";
import classes from "./medications.module.css";

export interface MedicationsProps {
  slug: string;
  chart: OpenChartView;
  clinicName: string;
  mayWrite: boolean;
  /** Gets prescriptions ready, for oneself or for whoever signs. */
  mayPrepare: boolean;
  /** Over the chart, whose head it leaves in sight: back to it. Absent on the page of its own. */
  onBack?: () => void;
  /** What it was opened for. */
  asked?: DeskAsked | undefined;
}

/** The screen of medications, over the chart or on a page of its own: who it is stays above. */
export function Medications(props: MedicationsProps) {
  const t = useTranslations("medications");
  const trpc = useTRPC();
  const say = useErrorText();
  const patientId = props.chart.patient.id;
  const read = useQuery(trpc.medication.read.queryOptions({ patientId }));
  const data: MedicationsView | undefined = read.data;
  if (data) return <Desk {...props} data={data} />;
  const waiting = read.isError ? (
    <ErrorPanel requestId={say(read.error).requestId} onRetry={() => void read.refetch()}>
      {say(read.error).message}
    </ErrorPanel>
  ) : (
    <SkeletonRows rows={12} />
  );
  if (props.onBack) return waiting;
  return (
    <article className={classes.screen} aria-label={t("page")}>
      <IdentityBar chart={props.chart} allergies={<AllergyChips patientId={patientId} />} />
      {waiting}
    </article>
  );
}
