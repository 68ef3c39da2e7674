"use client";

import { CloseButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback } from "react";
import classes from "./toast.module.css";

type Toast = {
  message: ReactNode;
  /** Takes back what was just done. The toast then stays longer. */
  onUndo?: () => unknown;
  tone?: "done" | "danger";
};

/** `const toast = useToast(); toast({ message: "Rôle changé", onUndo })`. It waits while the pointer or the focus is on it. */
export function useToast(): (toast: Toast) => void {
  const t = useTranslations("common");
  return useCallback(
    ({ message, onUndo, tone = "done" }: Toast) => {
      const id = crypto.randomUUID();
      const hide = () => notifications.hide(id);
      notifications.show({
        id,
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
