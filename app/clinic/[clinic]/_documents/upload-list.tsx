"use client";

import { Button, Progress } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import classes from "./documents.module.css";
import type { Sending } from "./use-uploads.ts";

/** Files on their way: how much of each is here, and why one was not taken. */
export function UploadList({ list, onDismiss }: { list: readonly Sending[]; onDismiss: () => void }) {
  const t = useTranslations("documents.upload");
  const format = useFormatter();
  if (list.length === 0) return null;
  const done = list.filter(({ state }) => state === "done").length;
  const shown = list.filter(({ state }) => state !== "done");

  function said({ state, reason, sentBytes, sizeBytes }: Sending): string {
    if (state === "refused") return reason ?? "";
    if (state === "offline") return t("offline");
    if (state === "signed-out") return t("signedOut");
    if (state === "sending") return t("sending", { percent: format.number(sentBytes / sizeBytes, "percent") });
    return t(state);
  }

  return (
    <section className={classes.uploads} aria-label={t("title")}>
      <h2>
        <span aria-live="polite">{done > 0 ? t("all", { count: done }) : t("title")}</span>
        <Button variant="subtle" color="encre" size="compact-xs" onClick={onDismiss}>
          {t("dismiss")}
        </Button>
      </h2>
      <ul>
        {shown.map((one) => (
          <li key={one.id}>
            <strong>{one.name}</strong>
            <div className={one.state === "refused" ? classes.refused : undefined}>{said(one)}</div>
            {one.state !== "refused" && (
              <Progress value={(100 * one.sentBytes) / one.sizeBytes} size="xs" aria-label={one.name} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
