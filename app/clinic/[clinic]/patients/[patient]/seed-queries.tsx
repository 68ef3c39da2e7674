"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "#server/trpc/router.ts";
import { useTRPC } from "../../../../_trpc/client.tsx";
import { cardList } from "./_documents/card-list.ts";
import { firstNotes } from "./_note/first-notes.ts";

type Read = inferRouterOutputs<AppRouter>;

/** What the page read with the chart, so that no card asks for it again once the browser listens. */
export interface ChartSeeds {
  readonly me: Read["membership"]["me"];
  readonly summary: Read["summary"]["read"];
  readonly medications: Read["medication"]["read"];
  readonly notes: Read["note"]["list"];
  readonly bars: Read["encounter"]["timeline"];
  /** For whoever writes here. */
  readonly drafts?: Read["note"]["drafts"];
  readonly templates?: Read["questionnaire"]["list"];
  /** For whoever files here. */
  readonly documents?: Read["document"]["list"];
}

interface SeedQueriesProps {
  patientId: string;
  appointmentId: string | undefined;
  seeds: ChartSeeds | undefined;
  children: ReactNode;
}

/** Puts them where the cards look; what the browser has read since, after a way back, stays. */
export function SeedQueries({ patientId, appointmentId, seeds, children }: SeedQueriesProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useState(() => {
    if (!seeds) return;
    const read: readonly (readonly [key: readonly unknown[], data: unknown])[] = [
      [trpc.membership.me.queryKey(), seeds.me],
      [trpc.summary.read.queryKey({ patientId }), seeds.summary],
      [trpc.medication.read.queryKey({ patientId }), seeds.medications],
      [firstNotes.queryKey(patientId), { pages: [seeds.notes], pageParams: [""] }],
      [trpc.encounter.timeline.queryKey({ patientId, unit: "year" }), seeds.bars],
      [trpc.note.drafts.queryKey({ patientId, appointmentId }), seeds.drafts],
      [trpc.questionnaire.list.queryKey(), seeds.templates],
      [trpc.document.list.queryKey(cardList(patientId)), seeds.documents],
    ];
    for (const [queryKey, data] of read)
      if (data !== undefined && queries.getQueryData(queryKey) === undefined) queries.setQueryData(queryKey, data);
  });
  return children;
}
