"use client";

import { CloseButton } from "@mantine/core";
import { notifications, notificationsStore } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback } from "react";
import classes from "./toast.module.css";

type Toast = {
  message: ReactNode;
  /** Takes back what was just done. The toast then stays longer. */
  onUndo?: () => unknown;
  tone?: "done" | "danger";
  /** The id of what it speaks of: it takes the place of what was said of it before, whose undo holds no more. */
  about?: string;
};

/** On screen together. The newest is what somebody has just done: the oldest makes room, rather than it waiting its turn. */
export const mostToasts = 3;

/** `const toast = useToast(); toast({ message: "Rôle changé", onUndo })`. It waits while the pointer or the focus is on it. */
export function useToast(): (toast: Toast) => void {
  const t = useTranslations("common");
  return useCallback(
    ({ message, onUndo, tone = "done", about }: Toast) => {
      const id = crypto.randomUUID();
      const hide = () => notifications.hide(id);
      notifications.updateState(notificationsStore, (shown) =>
        shown.filter((one) => !about || one["data-about"] !== about).slice(1 - mostToasts),
      );
      notifications.show({
        id,
        "data-about": about,
        autoClose: onUndo || tone === "danger" ? 10_000 : 5_000,
        withCloseButton: false,
        withBorder: false,
        "data-tone": tone,
        role: tone === "danger" ? "alert" : "status",
        message: (
          <span className={classes.line}>
            <span className={classes.words}>{message}</span>
            {onUndo && (
              <button
                type="button"
                className={classes.undo}
                onClick={() => {
                  hide();
                  void onUndo();
                }}
              >
                {t("undo")}
              </button>
            )}
            <CloseButton className={classes.close} size="md" aria-label={t("close")} onClick={hide} />
          </span>
        ),
      });
    },
    [t],
  );
}
