"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, ReactNode } from "react";
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
  /** Other acts on the same line as the verb. */
  acts?: ReactNode;
}

/** A record written where it is read. Esc closes and keeps what was written, « Annuler » drops it. */
export function InlineForm({ labels, form, differences, verb, onClose, children, acts }: InlineFormProps) {
  const t = useTranslations("common");
  function onEscape(event: KeyboardEvent) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.stopPropagation();
    onClose();
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard from the fields within.
    <div className={classes.form} onKeyDown={onEscape}>
      <RecordFields labels={labels} form={form} differences={differences}>
        {children}
        <div className={classes.actRow}>
          <Button type="submit" size="compact-md" loading={form.busy}>
            {verb}
          </Button>
          <Button
            variant="subtle"
            size="compact-md"
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
