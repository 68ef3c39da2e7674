"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useLive } from "../_schedule/use-live.ts";
import classes from "./waiting-count.module.css";

const most = 99;

/** How many documents wait for this person: to be reviewed, and to be filed. It follows what others do, while the page is looked at. */
export const WaitingCount = () => (
  <WhileSeen>
    <LiveCount />
  </WhileSeen>
);

/** What follows the live line, as long as somebody looks. */
export function WhileSeen({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    // A window behind others keeps no line open: a session has few.
    const look = () => setShown(document.visibilityState === "visible");
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return shown ? children : null;
}

function LiveCount() {
  const t = useTranslations("workspace");
  const trpc = useTRPC();
  const count = useQuery({ ...trpc.document.count.queryOptions(), retry: false });
  useLive(() => void count.refetch(), "document");
  const waiting = (count.data?.toFile ?? 0) + (count.data?.toReview ?? 0);
  if (waiting === 0) return null;
  return (
    <span className={classes.count}>
      <span aria-hidden>{waiting > most ? `${most}+` : waiting}</span>
      <span className={classes.said}>{t("waiting", { count: waiting })}</span>
    </span>
  );
}
