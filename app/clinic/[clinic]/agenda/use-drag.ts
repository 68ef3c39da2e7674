"use client";

import { type PointerEvent as ReactPointerEvent, useEffect, useRef } from "react";
import type { AgendaView } from "#server/appointment/record.ts";
import { type Span, spanOf } from "../_schedule/columns.ts";
import { snap } from "../_schedule/wall-time.ts";
import type { MoverState, Target } from "./use-mover.ts";

/** Minutes between the places where a visit can be let go. */
export const dragStep = 5;
const farEnough = 4;
const longPressMs = 380;
const edge = 36;

interface Drag {
  /** The sitting's id. */
  readonly id: string;
  readonly pointer: number;
  readonly resize: boolean;
  readonly startX: number;
  readonly startY: number;
  /** Minutes between its start and where it was taken. */
  readonly grip: number;
  active: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

interface UseDrag {
  agenda: AgendaView | undefined;
  hours: Span;
  mover: MoverState;
  mayMove: boolean;
  /** Which grid stands there, if one does: it comes with what it shows. */
  shown: string | undefined;
  /** What a column of that index changes of the target. */
  columnTarget: (column: number, minute: number) => Partial<Target>;
}

/**
 * Takes a visit by its body to move it and by its lower edge to make it longer. A mouse drags at once; a finger presses a
 * moment first, so that the page still scrolls. Returns what the grid's scrolling frame listens with.
 */
export function useDrag(props: UseDrag) {
  const live = useRef(props);
  live.current = props;
  const drag = useRef<Drag>(undefined);
  const frame = useRef<HTMLDivElement>(null);
  /** A click follows a drag: it opens nothing. */
  const dragged = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a grid that comes brings another frame.
  useEffect(() => {
    const element = frame.current;
    if (!element) return;

    const minuteAt = (column: Element, y: number) => {
      const { top, height } = column.getBoundingClientRect();
      const { from, until } = live.current.hours;
      return from + ((y - top) / height) * (until - from);
    };

    function columnAt(x: number): { element: Element; index: number } | undefined {
      const columns = [...(element?.querySelectorAll("[data-column]") ?? [])];
      const index = columns.findIndex((column) => {
        const { left, right } = column.getBoundingClientRect();
        return x >= left && x < right;
      });
      const found = columns[index];
      return found ? { element: found, index } : undefined;
    }

    function begin(held: Drag) {
      const sitting = live.current.agenda?.sittings.find(({ id }) => id === held.id);
      if (!sitting) return;
      held.active = true;
      dragged.current = true;
      element?.setPointerCapture(held.pointer);
      live.current.mover.start(sitting, false);
    }

    function move(event: PointerEvent) {
      const held = drag.current;
      if (held?.pointer !== event.pointerId) return;
      if (!held.active) {
        const far = Math.hypot(event.clientX - held.startX, event.clientY - held.startY) > farEnough;
        if (far && event.pointerType === "mouse") begin(held);
        else if (far && Math.hypot(event.clientX - held.startX, event.clientY - held.startY) > 10) stop();
        if (!held.active) return;
      }
      event.preventDefault();
      const sitting = live.current.agenda?.sittings.find(({ id }) => id === held.id);
      const column = columnAt(event.clientX);
      if (!sitting || !column) return;
      const at = minuteAt(column.element, event.clientY);
      const { from } = spanOf(sitting);
      if (held.resize) {
        const length = snap(at - from, dragStep);
        live.current.mover.aim({ durationMinutes: Math.min(Math.max(length, dragStep), 1440 - from) });
      } else {
        const minute = Math.min(Math.max(snap(at - held.grip, dragStep), 0), 1435);
        live.current.mover.aim({ minute, ...live.current.columnTarget(column.index, minute) });
      }
      scrollAtEdges(element as HTMLElement, event);
    }

    function stop() {
      clearTimeout(drag.current?.timer);
      drag.current = undefined;
    }

    function up(event: PointerEvent) {
      const held = drag.current;
      if (held?.pointer !== event.pointerId) return;
      stop();
      if (held.active) live.current.mover.drop(event.shiftKey);
    }

    function lost(event: PointerEvent) {
      const held = drag.current;
      if (held?.pointer !== event.pointerId) return;
      stop();
      if (held.active) live.current.mover.cancel();
    }

    function giveUp(event: KeyboardEvent) {
      if (event.key !== "Escape" || !drag.current?.active) return;
      event.preventDefault();
      stop();
      live.current.mover.cancel();
    }

    // A finger that holds a visit scrolls nothing.
    const still = (event: TouchEvent) => drag.current?.active && event.preventDefault();
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", up);
    element.addEventListener("pointercancel", lost);
    element.addEventListener("touchmove", still, { passive: false });
    window.addEventListener("keydown", giveUp, true);
    return () => {
      stop();
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", up);
      element.removeEventListener("pointercancel", lost);
      element.removeEventListener("touchmove", still);
      window.removeEventListener("keydown", giveUp, true);
    };
    // Listened to from the moment the grid stands there; what changes meanwhile is read through `live`.
  }, [props.shown]);

  function onPointerDown(event: ReactPointerEvent<HTMLElement>) {
    dragged.current = false;
    if (!props.mayMove || event.button !== 0 || !(event.target instanceof Element)) return;
    const handle = event.target.closest<HTMLElement>("[data-handle]");
    const block = event.target.closest<HTMLElement>("[data-event][data-moves]");
    const id = handle?.dataset.handle ?? block?.dataset.event;
    const column = event.target.closest("[data-column]");
    const sitting = props.agenda?.sittings.find((one) => one.id === id);
    if (!id || !column || !sitting || sitting.status === "cancelled") return;
    const { top, height } = column.getBoundingClientRect();
    const at = props.hours.from + ((event.clientY - top) / height) * (props.hours.until - props.hours.from);
    const held: Drag = {
      id,
      pointer: event.pointerId,
      resize: Boolean(handle),
      startX: event.clientX,
      startY: event.clientY,
      grip: at - sitting.localMinute,
      active: false,
      timer: undefined,
    };
    if (event.pointerType !== "mouse") {
      held.timer = setTimeout(() => {
        const sittingHeld = live.current.agenda?.sittings.find((one) => one.id === held.id);
        if (drag.current !== held || !sittingHeld) return;
        held.active = true;
        dragged.current = true;
        live.current.mover.start(sittingHeld, false);
      }, longPressMs);
    }
    drag.current = held;
  }

  return { frame, onPointerDown, dragged };
}

function scrollAtEdges(frame: HTMLElement, { clientX, clientY }: PointerEvent): void {
  const { top, bottom, left, right } = frame.getBoundingClientRect();
  const down = clientY > bottom - edge ? 14 : clientY < top + edge + 48 ? -14 : 0;
  const across = clientX > right - edge ? 14 : clientX < left + edge + 48 ? -14 : 0;
  if (down || across) frame.scrollBy(across, down);
}
