import type { createCaller } from "#server/trpc/router.ts";
import { cardList } from "./_documents/card-list.ts";
import { firstNotes } from "./_note/first-notes.ts";
import type { ChartSeeds } from "./seed-queries.tsx";

type Caller = ReturnType<typeof createCaller>;

/** What the cards show, side by side: a constant number of calls, however long the chart. */
export async function readScreen(
  caller: Caller,
  { me, patientId, appointmentId }: { me: ChartSeeds["me"]; patientId: string; appointmentId: string | undefined },
): Promise<ChartSeeds> {
  const may = (permission: (typeof me.membership.permissions)[number]) =>
    me.membership.permissions.includes(permission);
  const [summary, medications, notes, bars, drafts, templates, documents] = await Promise.all([
    caller.summary.read({ patientId }),
    caller.medication.read({ patientId }),
    caller.note.list({ patientId, most: firstNotes.most }),
    caller.encounter.timeline({ patientId, unit: "year" }),
    may("chart:write") ? caller.note.drafts({ patientId, appointmentId }) : undefined,
    may("chart:write") ? caller.questionnaire.list() : undefined,
    may("document:file") ? caller.document.list(cardList(patientId)) : undefined,
  ]);
  return { me, summary, medications, notes, bars, drafts, templates, documents };
}
