import {
  IconArmchair,
  IconCalendarX,
  IconCheck,
  IconCircleDashed,
  IconDoorEnter,
  IconStethoscope,
  IconUserX,
} from "@tabler/icons-react";
import type { ReactNode } from "react";

/** Where a visit stands, as the whole clinic names it. */
export type VisitState = "expected" | "arrived" | "roomed" | "with-professional" | "done" | "noshow" | "cancelled";

/** The way of a visit that takes place, in its order. */
export const steps = ["expected", "arrived", "roomed", "with-professional", "done"] as const;
export type Step = (typeof steps)[number];

export const stateIcons: Record<VisitState, ReactNode> = {
  expected: <IconCircleDashed />,
  arrived: <IconDoorEnter />,
  roomed: <IconArmchair />,
  "with-professional": <IconStethoscope />,
  done: <IconCheck />,
  noshow: <IconUserX />,
  cancelled: <IconCalendarX />,
};

interface Standing {
  readonly status: string;
  readonly flow: string;
}

export function stateOf({ status, flow }: Standing): VisitState {
  if (status === "noshow") return "noshow";
  if (status === "cancelled" || status === "entered-in-error") return "cancelled";
  return (steps as readonly string[]).includes(flow) ? (flow as Step) : "expected";
}

/** The step after it; undefined where there is none. */
export function nextStep(state: VisitState): Step | undefined {
  const at = (steps as readonly VisitState[]).indexOf(state);
  return at < 0 ? undefined : steps[at + 1];
}

/** The step before it, to take a mistake back; somebody who came after all goes back to being expected. */
export function stepBefore(state: VisitState): Step | undefined {
  if (state === "noshow" || state === "cancelled") return "expected";
  const at = (steps as readonly VisitState[]).indexOf(state);
  return at <= 0 ? undefined : steps[at - 1];
}

interface Timed extends Standing {
  readonly arrivedAt: string | null;
  readonly startedAt: string | null;
}

/** Minutes that count now: since the arrival for who waits, since the start for who is with the professional. */
export function minutesIn(visit: Timed, now: Date): number | undefined {
  const state = stateOf(visit);
  const since =
    state === "arrived" || state === "roomed"
      ? visit.arrivedAt
      : state === "with-professional"
        ? visit.startedAt
        : null;
  return since ? Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 60_000)) : undefined;
}
