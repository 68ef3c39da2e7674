"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AgendaView, Explanation, Reason, SittingView, SlotView } from "#server/appointment/record.ts";
import type { scopes } from "#server/appointment/schema.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";

export type Scope = (typeof scopes)[number];

/** Where a sitting would stand. */
export interface Target {
  readonly date: string;
  readonly minute: number;
  readonly durationMinutes: number;
  readonly resourceId: string;
  readonly locationId: string;
}

export interface Refusal {
  readonly reasons: readonly Reason[];
  readonly next: readonly SlotView[];
}

export interface Proposal {
  readonly sitting: SittingView;
  readonly target: Target;
  /** Moved by the keys: it waits for Enter or Escape. */
  readonly byKeys: boolean;
  /** `aim`: still in hand; `refused`: let go where it cannot be, the panel waits; then what is asked before it goes. */
  readonly stage: "aim" | "refused" | "scope" | "force" | "sending";
  readonly scope: Scope;
}

export function targetOf({ localDate, localMinute, durationMinutes, resourceId, locationId }: SittingView): Target {
  return { date: localDate, minute: localMinute, durationMinutes, resourceId, locationId };
}

const sameTarget = (one: Target, other: Target) =>
  (Object.keys(one) as (keyof Target)[]).every((key) => one[key] === other[key]);

/** What a move carries of its target: what does not change is not said. */
export function changesOf(sitting: SittingView, target: Target) {
  const now = targetOf(sitting);
  return {
    date: target.date,
    minute: target.minute,
    ...(target.resourceId !== now.resourceId && { resourceId: target.resourceId }),
    ...(target.locationId !== now.locationId && { locationId: target.locationId }),
    ...(target.durationMinutes !== now.durationMinutes && { durationMinutes: target.durationMinutes }),
  };
}

interface Mover {
  agenda: AgendaView | undefined;
  /** It stands elsewhere now; resolves once the screen shows it. */
  onMoved: (before: SittingView, version: number, scope: Scope) => Promise<unknown>;
  onFailed: (message: string) => void;
}

/**
 * A sitting in hand, by pointer or by keys: where it is held, whether it may stand there and why not, and what is asked
 * before it goes. The server judges twice: live while one aims, and for good when it moves.
 */
export function useMover({ agenda, onMoved, onFailed }: Mover) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const say = useErrorText();
  const [proposal, setProposal] = useState<Proposal>();
  const [taken, setTaken] = useState<Refusal>();
  const target = proposal?.target;
  const [settled] = useDebouncedValue(target, 60);
  const serviceId = proposal?.sitting.serviceId;
  const moved = proposal && target && !sameTarget(target, targetOf(proposal.sitting));

  const question = useQuery({
    ...trpc.appointment.explain.queryOptions(
      {
        serviceId: serviceId ?? "",
        locationId: settled?.locationId ?? "",
        date: settled?.date ?? "",
        minute: settled?.minute ?? 0,
        resourceId: settled?.resourceId,
        durationMinutes: settled?.durationMinutes,
        ignoreSittingId: proposal?.sitting.id,
      },
      { trpc: { context: { background: true } } },
    ),
    enabled: Boolean(moved && serviceId && settled && agenda),
    staleTime: 5_000,
    retry: false,
  });
  const answered: Explanation | undefined = settled === target ? question.data : undefined;
  const refusal: Refusal | undefined = moved
    ? (taken ?? (answered && !answered.free ? { reasons: answered.reasons, next: answered.next } : undefined))
    : undefined;

  function start(sitting: SittingView, byKeys: boolean) {
    setTaken(undefined);
    setProposal({ sitting, target: targetOf(sitting), byKeys, stage: "aim", scope: "this" });
  }

  function aim(change: Partial<Target>) {
    setTaken(undefined);
    setProposal((held) => {
      if (held?.stage !== "aim") return held;
      const next = { ...held.target, ...change };
      return sameTarget(next, held.target) ? held : { ...held, target: next };
    });
  }

  function cancel() {
    setTaken(undefined);
    setProposal(undefined);
  }

  /** Lets go. With `force` it asks for a reason; refused without it, nothing moves and the panel says why. */
  function drop(force: boolean) {
    if (!proposal || !moved) return cancel();
    if (force) return setProposal({ ...proposal, stage: "force" });
    if (refusal) return setProposal({ ...proposal, stage: "refused" });
    if (proposal.sitting.seriesId) return setProposal({ ...proposal, stage: "scope" });
    void send(proposal, undefined);
  }

  /** One of the free times that the panel offers. */
  function take(slot: SlotView) {
    if (!proposal) return;
    const { date, minute, resourceId, locationId } = slot;
    const next = { ...proposal, target: { ...proposal.target, date, minute, resourceId, locationId } };
    setTaken(undefined);
    void send(next, undefined);
  }

  async function send(held: Proposal, overbookReason: string | undefined) {
    setProposal({ ...held, stage: "sending" });
    try {
      const { sitting, scope } = held;
      const answer = await client.appointment.move.mutate({
        sittingId: sitting.id,
        version: sitting.version,
        ...changesOf(sitting, held.target),
        scope,
        overbookReason,
      });
      await onMoved(sitting, answer.version, scope);
      cancel();
    } catch (error) {
      const { code, message, details } = say(error);
      if (code === "Conflict" && Array.isArray(details.reasons)) {
        setTaken({ reasons: details.reasons as Reason[], next: (details.next as SlotView[] | undefined) ?? [] });
        setProposal({ ...held, stage: "refused" });
        return;
      }
      cancel();
      onFailed(message);
    }
  }

  return {
    proposal,
    refusal,
    /** The server has not answered yet about where it is held. */
    asking: Boolean(moved && serviceId && !answered && !taken),
    moved: Boolean(moved),
    start,
    aim,
    drop,
    take,
    cancel,
    force: () => proposal && setProposal({ ...proposal, stage: "force" }),
    choose: (scope: Scope) => proposal && void send({ ...proposal, scope }, undefined),
    forceWith: (reason: string) => proposal && void send(proposal, reason),
  };
}

export type MoverState = ReturnType<typeof useMover>;
