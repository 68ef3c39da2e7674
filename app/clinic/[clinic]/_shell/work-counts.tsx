"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useLive } from "../_schedule/use-live.ts";
import classes from "./waiting-count.module.css";
import { WhileSeen } from "./waiting-count.tsx";

const most = 99;

/** How many tasks ask for something of this person today; in another colour when some are late. */
export const TaskCount = () => (
  <WhileSeen>
    <LiveTasks />
  </WhileSeen>
);

/** In how many discussions something is unread. */
export const UnreadCount = () => (
  <WhileSeen>
    <LiveUnread />
  </WhileSeen>
);

/** How many openings of charts wait to be looked at by whoever answers for privacy. Asked again each five minutes: nothing tells of them. */
export const ReviewCount = () => (
  <WhileSeen>
    <LiveReviews />
  </WhileSeen>
);

function LiveReviews() {
  const t = useTranslations("workspace");
  const trpc = useTRPC();
  const count = useQuery({
    ...trpc.privacy.countToReview.queryOptions(),
    retry: false,
    refetchInterval: 300_000,
  });
  const { waiting = 0 } = count.data ?? {};
  return <Count count={waiting} said={t("toReview", { count: waiting })} />;
}

function LiveTasks() {
  const t = useTranslations("workspace");
  const trpc = useTRPC();
  const count = useQuery({ ...trpc.task.count.queryOptions(), retry: false });
  useLive(() => void count.refetch(), "task");
  const { now = 0, late = 0 } = count.data ?? {};
  return <Count count={now} said={late > 0 ? t("tasksLate", { count: now, late }) : t("tasksNow", { count: now })} />;
}

function LiveUnread() {
  const t = useTranslations("workspace");
  const trpc = useTRPC();
  const count = useQuery({ ...trpc.discussion.count.queryOptions(), retry: false });
  useLive(() => void count.refetch(), "discussion");
  const { unread = 0 } = count.data ?? {};
  return <Count count={unread} said={t("unread", { count: unread })} />;
}

function Count({ count, said }: { count: number; said: string }) {
  if (count === 0) return null;
  return (
    <span className={classes.count}>
      <span aria-hidden>{count > most ? `${most}+` : count}</span>
      <span className={classes.said}>{said}</span>
    </span>
  );
}
