"use client";

import "@mantine/notifications/styles.layer.css";

import { Notifications } from "@mantine/notifications";
import classes from "./toast.module.css";

/** Where toasts appear: bottom centre, over everything but a locked screen. One per page frame. */
export function Toasts() {
  return (
    <Notifications
      position="bottom-center"
      limit={3}
      transitionDuration={150}
      classNames={{ root: classes.place, notification: classes.toast }}
    />
  );
}
