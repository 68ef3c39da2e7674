"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Logo } from "../logo/logo.tsx";
import classes from "./top-dialog.module.css";

type TopDialogProps = {
  open: boolean;
  title: ReactNode;
  lead?: ReactNode;
  /** Hides what lies beneath, for a screen that others can see. */
  opaque?: boolean;
  children: ReactNode;
};

/**
 * A question that stands before everything, other dialogs included, and cannot be waved away. It uses the browser's own
 * top layer: what lies beneath stays mounted with all that was typed, but nothing of it can be reached.
 */
export function TopDialog({ open, title, lead, opaque = false, children }: TopDialogProps) {
  const t = useTranslations("common");
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open === open) return;
    if (open) element.showModal();
    else element.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      data-opaque={opaque || undefined}
      aria-labelledby={id}
      onCancel={(event) => event.preventDefault()}
      // A browser may close it on a second Escape whatever we say: it comes back while it is needed.
      onClose={() => open && dialog.current?.showModal()}
    >
      <div className={classes.card}>
        <Logo height={23} label={t("product")} />
        <h2 className={classes.title} id={id}>
          {title}
        </h2>
        {lead && <p className={classes.lead}>{lead}</p>}
        {open && children}
      </div>
    </dialog>
  );
}
