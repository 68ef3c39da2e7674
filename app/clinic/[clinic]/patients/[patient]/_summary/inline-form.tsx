"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import type { Difference } from "../../../../../_ui/conflict/conflict-dialog.tsx";
import { RecordFields, type RecordFormState } from "../../../_record/record-drawer.tsx";
import classes from "./summary.module.css";

interface InlineFormProps {
  labels: Record<string, string>;
  form: RecordFormState;
  differences: Difference[];
  verb: string;
  onClose: () => void;
  children: ReactNode;
  /** A new record: its first field takes the focus. One that is opened to be read leaves it on its row. */
  isNew: boolean;
  /** Other acts on the same line as the verb. */
  acts?: ReactNode;
}

/** A record written where it is read. Esc closes and keeps what was written, « Annuler » drops it. */
export function InlineForm({ labels, form, differences, verb, isNew, onClose, children, acts }: InlineFormProps) {
  const t = useTranslations("common");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isNew) box.current?.querySelector<HTMLElement>("input, textarea")?.focus();
  }, [isNew]);
  function onEscape(event: KeyboardEvent) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.stopPropagation();
    onClose();
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard from the fields within.
    <div ref={box} className={classes.form} onKeyDown={onEscape}>
      <RecordFields labels={labels} form={form} differences={differences}>
        {children}
        <div className={classes.actRow}>
          <Button type="submit" size="compact-sm" loading={form.busy}>
            {verb}
          </Button>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              form.startOver();
              onClose();
            }}
          >
            {t("cancel")}
          </Button>
          {acts}
        </div>
      </RecordFields>
    </div>
  );
}
