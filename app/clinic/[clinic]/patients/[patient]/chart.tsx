"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback, useRef, useState } from "react";
import type { ChartView } from "#server/chart/record.ts";
import { useTRPC, useTRPCClient } from "../../../../_trpc/client.tsx";
import { BesideProvider } from "./_documents/beside.tsx";
import { BesidePlace } from "./_documents/beside-place.tsx";
import { DocumentsCard } from "./_documents/documents-card.tsx";
import { LettersCard } from "./_letters/letters-card.tsx";
import { NoteHandProvider } from "./_note/note-hand.ts";
import { NotePane } from "./_note/note-pane.tsx";
import { type AskedProblem, ProblemNotesProvider } from "./_note/problem-notes.tsx";
import { SignPlaceProvider } from "./_note/sign-place.tsx";
import { AllergyChips } from "./_summary/allergy-chips.tsx";
import { Results } from "./_summary/results.tsx";
import { Summary } from "./_summary/summary.tsx";
import { DiscussionsCard } from "./_tasks/discussions-card.tsx";
import { TasksCard } from "./_tasks/tasks-card.tsx";
import { ActsStrip } from "./acts-strip.tsx";
import classes from "./chart.module.css";
import { ChartMenu } from "./chart-menu.tsx";
import { ClosedGate } from "./closed-gate.tsx";
import { DeskPlaceProvider } from "./desk-place.ts";
import { DeskSheet } from "./desk-sheet.tsx";
import { Facts } from "./facts.tsx";
import { IdentityBar } from "./identity-bar.tsx";
import { ReasonGate } from "./reason-gate.tsx";
import { useChartPalette } from "./use-chart-palette.tsx";
import { useDeskPlace } from "./use-desk-place.ts";
import { useFormKeys } from "./use-form-keys.ts";
import { VisitsCard } from "./visits-card.tsx";

interface ChartProps {
  slug: string;
  patientId: string;
  /** As the page itself opened it. */
  opened: ChartView;
  /** The visit that it was opened for. */
  appointmentId?: string;
  mayPlan: boolean;
  /** Gives care here: reads what is written of care. */
  mayRead: boolean;
  mayWrite: boolean;
  /** Gets prescriptions ready. */
  mayPrepare: boolean;
  clinicName: string;
  mayFile: boolean;
  mayTask: boolean;
}

/** The chart on one screen: who it is stays at the head, whatever is read below. */
export function Chart({
  slug,
  patientId,
  opened,
  appointmentId,
  mayPlan,
  mayRead,
  mayWrite,
  mayPrepare,
  clinicName,
  mayFile,
  mayTask,
}: ChartProps) {
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
  const [problem, setProblem] = useState<AskedProblem>();
  // Asked again, the notes are shown again, whatever the pane shows by then.
  const askNotes = useCallback((one: AskedProblem) => setProblem({ ...one }), []);
  const [signPlace, setSignPlace] = useState<HTMLElement | null>(null);
  const noteHand = useRef<(() => boolean) | null>(null);
  const desk = useDeskPlace(useCallback(() => noteHand.current?.() ?? false, []));
  useFormKeys();
  useChartPalette(chart, { slug, mayRead, mayFile, mayPlan, openDesk: desk.open });
  if (chart.basis === null)
    return <ReasonGate patientId={patientId} person={chart.person} onSaid={() => void refetch()} />;
  if (chart.basis === "closed") return <ClosedGate slug={slug} patientId={patientId} />;
  const isOver = mayRead && desk.isOpen;
  return (
    <DeskPlaceProvider value={desk.open}>
      <BesideProvider>
        <NoteHandProvider value={noteHand}>
          <ProblemNotesProvider value={askNotes}>
            <SignPlaceProvider value={signPlace}>
              <article className={classes.chart} aria-label={t("title")} data-over={isOver || undefined}>
                <IdentityBar chart={chart} compact allergies={mayRead && <AllergyChips patientId={patientId} />}>
                  {mayWrite && <span ref={setSignPlace} className={classes.signPlace} hidden={isOver} />}
                  {mayFile && (
                    <ChartMenu
                      slug={slug}
                      patientId={patientId}
                      language={chart.patient.language === "en" ? "en" : "fr"}
                      mayRead={mayRead}
                    />
                  )}
                </IdentityBar>
                <div className={classes.body}>
                  <div className={classes.panes} data-notes={mayRead || undefined} inert={isOver}>
                    {mayFile && <BesidePlace patientId={patientId} />}
                    <div className={classes.pane} data-beside-note>
                      {mayRead ? (
                        <Summary patientId={patientId} mayWrite={mayWrite} mayPrepare={mayPrepare} />
                      ) : (
                        <Facts slug={slug} patient={chart.patient} />
                      )}
                    </div>
                    {mayRead && (
                      <div className={classes.notes}>
                        <NotePane
                          patientId={patientId}
                          appointmentId={appointmentId}
                          mayWrite={mayWrite}
                          problem={problem}
                          onEveryNote={() => setProblem(undefined)}
                        />
                        {mayWrite && (
                          <ActsStrip
                            slug={slug}
                            patient={chart.patient}
                            mayWrite={mayWrite}
                            mayTask={mayTask}
                            mayPlan={mayPlan}
                          />
                        )}
                      </div>
                    )}
                    <div className={classes.pane} data-beside-note>
                      {mayRead && <Results patientId={patientId} mayWrite={mayWrite} />}
                      {mayRead && mayFile && <DocumentsCard patientId={patientId} mayWrite mayRead />}
                      {mayTask && <TasksCard patientId={patientId} mayRead={mayRead} />}
                      {mayTask && <DiscussionsCard patientId={patientId} />}
                      <VisitsCard
                        slug={slug}
                        patient={chart.patient}
                        visits={chart.visits}
                        mayPlan={mayPlan}
                        counts={!mayRead}
                      />
                      {mayRead && <LettersCard patientId={patientId} mayWrite={mayWrite} />}
                      {!mayRead && mayFile && <DocumentsCard patientId={patientId} mayWrite mayRead={false} />}
                      {mayRead && <Facts slug={slug} patient={chart.patient} />}
                    </div>
                  </div>
                  {mayRead && (
                    <DeskSheet
                      open={isOver}
                      asked={desk.asked}
                      onClose={desk.close}
                      slug={slug}
                      chart={chart}
                      clinicName={clinicName}
                      mayWrite={mayWrite}
                      mayPrepare={mayPrepare}
                    />
                  )}
                </div>
              </article>
            </SignPlaceProvider>
          </ProblemNotesProvider>
        </NoteHandProvider>
      </BesideProvider>
    </DeskPlaceProvider>
  );
}
