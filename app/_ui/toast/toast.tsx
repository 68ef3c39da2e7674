"use client";

import { CloseButton } from "@mantine/core";
import { type NotificationData, notifications, notificationsStore } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect } from "react";
import classes from "./toast.module.css";

type Toast = {
  message: ReactNode;
  /** Takes back what was just done. The toast then stays longer. */
  onUndo?: () => unknown;
  tone?: "done" | "danger";
  /**
   * What it speaks of, by id, and the version that this left it at: it takes the place of what was said of it before, and its undo goes
   * away once a later version is seen (`useSettledUndo`).
   */
  of?: Readonly<Record<string, number>>;
};

/** On screen together. The newest is what somebody has just done: the oldest makes room, rather than it waiting its turn. */
export const mostToasts = 3;

/** What a toast that is shown speaks of. */
const subjects = (shown: NotificationData & { "data-of"?: string }): [id: string, version: number][] =>
  Object.entries(JSON.parse(shown["data-of"] ?? "{}"));

/** Takes away what offers to undo a gesture that no longer stands. */
export function withdrawToasts(isStale: (id: string, version: number) => boolean): void {
  notifications.updateState(notificationsStore, (shown) =>
    shown.filter((one) => !subjects(one).some(([id, version]) => isStale(id, version))),
  );
}

/** What a screen shows now: the undo of what has changed since goes away, whoever changed it. */
export function useSettledUndo(seen: readonly { readonly id: string; readonly version: number }[] | undefined): void {
  useEffect(() => {
    if (!seen) return;
    const versions = new Map(seen.map(({ id, version }) => [id, version]));
    withdrawToasts((id, version) => (versions.get(id) ?? version) > version);
  }, [seen]);
}

/** `const toast = useToast(); toast({ message: "Rôle changé", onUndo })`. It waits while the pointer or the focus is on it. */
export function useToast(): (toast: Toast) => void {
  const t = useTranslations("common");
  return useCallback(
    ({ message, onUndo, tone = "done", of = {} }: Toast) => {
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
        // Withdrawn, it is still there for the time that it takes to leave.
        if (!notificationsStore.getState().notifications.some((one) => one.id === id)) return;
        hide();
        await onUndo?.();
        // What had the focus may be drawn anew, once what was taken back is read again.
        setTimeout(() => document.activeElement === document.body && leave(), 200);
      };
      notifications.updateState(notificationsStore, (shown) =>
        shown.filter((one) => !subjects(one).some(([id]) => id in of)).slice(1 - mostToasts),
      );
      notifications.show({
        id,
        "data-of": JSON.stringify(of),
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
