import { Button } from "@mantine/core";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import type { FeedRecord } from "#server/calendar/list-feeds.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { ConfirmDialog } from "../../../_ui/confirm/confirm-dialog.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./calendars.module.css";

/** One address: what it shows, since when, and whether any program still comes. */
export function FeedRow({ feed, onRevoked }: { feed: FeedRecord; onRevoked: () => void }) {
  const t = useTranslations("calendars");
  const format = useFormatter();
  const now = useNow();
  const say = useErrorText();
  const toast = useToast();
  const client = useTRPCClient();
  const [asking, setAsking] = useState(false);

  async function revoke() {
    try {
      await client.calendar.revoke.mutate({ id: feed.id });
      toast({ message: t("revoked") });
      setAsking(false);
      onRevoked();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
  }

  return (
    <li className={classes.row}>
      <div>
        <strong>{feed.label || t("unnamed")}</strong>{" "}
        <Chip tone={feed.level === "busy" ? "neutral" : "attention"}>{t(`levels.${feed.level}`)}</Chip>
        <p className={classes.note}>
          {t("since", { date: format.dateTime(feed.createdAt, "date") })}
          {" · "}
          {feed.lastReadAt ? t("lastRead", { when: format.relativeTime(feed.lastReadAt, now) }) : t("neverRead")}
        </p>
      </div>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("revoke")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("revokeTitle")}
        consequences={[t("revokeNow"), t("revokeKept")]}
        verb={t("revoke")}
        onConfirm={revoke}
        danger
      />
    </li>
  );
}
