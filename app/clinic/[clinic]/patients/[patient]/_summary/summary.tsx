"use client";

import { Button } from "@mantine/core";
import { IconChartLine, IconRulerMeasure, IconTable, IconTimeline } from "@tabler/icons-react";
import { useParams, useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { isGrowing } from "#server/growth/schema.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { type PaletteSource, usePaletteSource } from "../../../../../_ui/palette/palette-source.tsx";
import { useShortcutList } from "../../../../../_ui/shortcuts/use-shortcut-list.ts";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import { AllergiesCard } from "./allergies-card.tsx";
import { ConditionsCard } from "./conditions-card.tsx";
import { HistoryCard } from "./history-card.tsx";
import { LazyFlowsheet, LazyGraph } from "./lazy-dialogs.tsx";
import { MedicationsCard } from "./medications-card.tsx";
import { QuickAdd } from "./quick-add.tsx";
import classes from "./summary.module.css";
import { TimelineDialog } from "./timeline-dialog.tsx";
import type { Asked } from "./use-shown.ts";
import { useSummary } from "./use-summary.ts";
import { VaccinesCard } from "./vaccines-card.tsx";
import { VitalsCard } from "./vitals-card.tsx";

/** What every card is told. */
export interface CardOf {
  patientId: string;
  mayWrite: boolean;
  /** 1 to 9. */
  nth: number;
  /** The entry that was asked for, in whichever card it stands. */
  asked?: Asked | undefined;
}

/** The left side of the chart: what is known, each card opening in place, and a line that adds to it. Asks for the words of `record`. */
export function Summary({
  patientId,
  mayWrite,
  mayPrepare,
}: {
  patientId: string;
  mayWrite: boolean;
  mayPrepare: boolean;
}) {
  const t = useTranslations("record");
  const say = useErrorText();
  const summary = useSummary(patientId);
  const language = languageOf(useLocale());
  const [graph, setGraph] = useState<string>();
  const [sheet, setSheet] = useState<string>();
  const [timeline, setTimeline] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const sheets = summary.data?.flowsheets;
  const router = useRouter();
  const { clinic } = useParams<{ clinic: string }>();
  const isChild = summary.data !== undefined && isGrowing(summary.data.birthDate, summary.data.today);
  const growthHref = isChild ? `/clinic/${clinic}/patients/${patientId}/croissance` : undefined;
  const growthCharts = t("vitals.growthCharts");
  useShortcutList(
    growthHref ? [{ keys: "c", label: growthCharts, group: t("cards.group"), run: () => router.push(growthHref) }] : [],
  );
  const acts = useMemo(
    (): PaletteSource => ({
      id: "record",
      label: t("cards.group"),
      items: sheets
        ? [
            { id: "graphs", label: t("graph.title"), icon: <IconChartLine />, run: () => setGraph("weight") },
            ...(growthHref
              ? [{ id: "growth", label: growthCharts, icon: <IconRulerMeasure />, href: growthHref }]
              : []),
            { id: "timeline", label: t("timeline.title"), icon: <IconTimeline />, run: () => setTimeline(true) },
            ...sheets.map((one) => ({
              id: `flowsheet ${one.key}`,
              label: t("flowsheet.open", { name: one[language] }),
              icon: <IconTable />,
              run: () => setSheet(one.key),
            })),
          ]
        : [],
    }),
    [sheets, growthHref, growthCharts, language, t],
  );
  usePaletteSource(acts);
  if (summary.isError)
    return (
      <ErrorPanel requestId={say(summary.error).requestId} onRetry={() => void summary.refetch()}>
        {say(summary.error).message}
      </ErrorPanel>
    );
  if (!summary.data) return <SkeletonRows rows={12} />;
  const { conditions, allergies, history, immunizations, values, today, flowsheets } = summary.data;
  const of = { patientId, mayWrite, asked };
  return (
    <div className={classes.summary}>
      {mayWrite && <QuickAdd patientId={patientId} summary={summary.data} onOpen={(id) => setAsked({ id })} />}
      <ConditionsCard {...of} nth={1} conditions={conditions} values={values} />
      <MedicationsCard {...of} nth={6} mayPrepare={mayPrepare} />
      <VitalsCard {...of} nth={2} values={values} onGraph={setGraph} growthHref={growthHref} />
      <div className={classes.two}>
        <AllergiesCard {...of} nth={3} allergies={allergies} />
        <VaccinesCard {...of} nth={4} vaccines={immunizations} today={today} />
      </div>
      <HistoryCard {...of} nth={5} history={history} />
      <div className={classes.foot}>
        {flowsheets.map((one) => (
          <Button key={one.key} variant="default" size="compact-sm" onClick={() => setSheet(one.key)}>
            {t("flowsheet.open", { name: one[language] })}
          </Button>
        ))}
        <Button variant="default" size="compact-sm" onClick={() => setTimeline(true)}>
          {t("timeline.title")}
        </Button>
      </div>
      {graph !== undefined && (
        <LazyGraph patientId={patientId} values={values} first={graph} onClose={() => setGraph(undefined)} />
      )}
      {sheet !== undefined && <LazyFlowsheet patientId={patientId} sheet={sheet} onClose={() => setSheet(undefined)} />}
      {timeline && <TimelineDialog patientId={patientId} onClose={() => setTimeline(false)} />}
    </div>
  );
}
