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
      // Its buttons go with it: the focus goes back to where it came from, or to the page.
      let from: EventTarget | null = null;
      const leave = () => {
        const known = from instanceof HTMLElement && from.isConnected && from !== document.body;
        (known ? (from as HTMLElement) : document.getElementById("content"))?.focus({ preventScroll: true });
      };
      const hide = () => {
        notifications.hide(id);
        leave();
      };
      const undo = async () => {
        hide();
        await onUndo?.();
        // What had the focus may be drawn anew, once what was taken back is read again.
        setTimeout(() => document.activeElement === document.body && leave(), 200);
      };
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
          // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the focus come in to its buttons.
          <span
            className={classes.line}
            onFocus={({ currentTarget, relatedTarget }) => {
              if (!currentTarget.contains(relatedTarget)) from = relatedTarget;
            }}
          >
            <span className={classes.words}>{message}</span>
            {onUndo && (
              <button type="button" className={classes.undo} onClick={() => void undo()}>
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
