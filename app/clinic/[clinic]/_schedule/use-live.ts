"use client";

import { useParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { groundGate } from "../../../_ground/ground-gate.ts";
import { listenLive, type Topic } from "./live-line.ts";

/**
 * The clinic's live line: calls `onChange` when somebody changed something in the schedule (or in the documents), and when the line is back after
 * it was down. It carries no data: what changed is read through the ordinary door.
 * @returns since when the line is down; undefined while it holds
 */
export function useLive(onChange: () => void, topic: Topic = "schedule"): Date | undefined {
  const { clinic } = useParams<{ clinic: string }>();
  const [downSince, setDownSince] = useState<Date>();
  const live = useRef(onChange);
  useEffect(() => {
    live.current = onChange;
  });
  useEffect(
    () => listenLive(clinic, { topic, onChange: () => groundGate.quietly(() => live.current()), onDown: setDownSince }),
    [clinic, topic],
  );
  return downSince;
}
