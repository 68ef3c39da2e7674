"use client";

import "@mantine/notifications/styles.layer.css";

import { Notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import classes from "./toast.module.css";
import { mostToasts } from "./toast.tsx";

/** Where toasts appear: bottom centre, or under the head of what is open, over everything but a locked screen. One per page frame. */
export function Toasts() {
  const t = useTranslations("common");
  return (
    <section aria-label={t("messages")}>
      <Notifications
        withinPortal={false}
        position="bottom-center"
        limit={mostToasts}
        transitionDuration={150}
        classNames={{ root: classes.place, notification: classes.toast }}
      />
    </section>
  );
}
