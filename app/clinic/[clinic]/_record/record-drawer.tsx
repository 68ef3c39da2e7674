"use client";

import { Alert, Button, Drawer } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { FormEvent, KeyboardEvent, ReactNode } from "react";
import { ConflictDialog, type Difference, type Side } from "../../../_ui/conflict/conflict-dialog.tsx";
import { useFocusBack } from "../../../_ui/focus/use-focus-back.ts";
import { ErrorSummary } from "../../../_ui/form/error-summary.tsx";
import { namedErrors } from "../../../_ui/form/named-errors.ts";
import classes from "./record.module.css";
import type { Conflict } from "./use-record-form.ts";

interface RecordDrawerProps {
  title: string;
  verb: string;
  onClose: () => void;
  /** Field id → label, for the errors at the head. */
  labels: Record<string, string>;
  form: RecordFormState;
  differences: Difference[];
  /** Pixels; a form with something beside it needs more. */
  size?: number;
  /** Stands beside the fields, below them on a phone. */
  aside?: ReactNode;
  children: ReactNode;
}

export interface RecordFormState {
  errors: Record<string, string>;
  attempt: number;
  failure: string | undefined;
  busy: boolean;
  submit: () => void;
  conflict: Conflict<object> | undefined;
  resolve: (kept: Record<string, Side>) => unknown;
  laterConflict: () => void;
  /** The form goes on from where it was left. */
  resumed: boolean;
  startOver: () => void;
}

/** One record beside its list: the list stays in sight. Esc closes and keeps what was written, « Annuler » drops it. */
export function RecordDrawer({
  title,
  verb,
  onClose,
  labels,
  form,
  differences,
  size = 480,
  aside,
  children,
}: RecordDrawerProps) {
  const t = useTranslations("common");
  useFocusBack();
  function cancel() {
    form.startOver();
    onClose();
  }
  return (
    <Drawer
      opened
      onClose={onClose}
      title={title}
      position="right"
      size={size}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <div className={aside ? classes.beside : undefined}>
        <RecordFields labels={labels} form={form} differences={differences} savesByKey>
          {children}
          <div className={classes.acts} data-stays={aside !== undefined || undefined}>
            <Button type="submit" loading={form.busy}>
              {verb}
            </Button>
            <Button variant="subtle" onClick={cancel}>
              {t("cancel")}
            </Button>
          </div>
        </RecordFields>
        {aside}
      </div>
    </Drawer>
  );
}

/** The fields of a record with what stands in their way, in a drawer or on a page. */
export function RecordFields({
  labels,
  form,
  differences,
  savesByKey = false,
  children,
}: Pick<RecordDrawerProps, "labels" | "form" | "differences" | "children"> & {
  /** Ctrl Enter saves, from any field: where no page under it has that key for something else. */
  savesByKey?: boolean;
}) {
  const t = useTranslations("common.form");
  function submit(event: FormEvent) {
    event.preventDefault();
    form.submit();
  }
  // What stands above the form hears its own keys.
  function onKeyDown(event: KeyboardEvent<HTMLFormElement>) {
    if (!savesByKey || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    if (form.busy || form.conflict || !event.currentTarget.contains(event.target as Node)) return;
    event.preventDefault();
    if (!event.repeat) form.submit();
  }
  return (
    <form onSubmit={submit} onKeyDown={onKeyDown} noValidate className={classes.form}>
      <ErrorSummary errors={namedErrors(form.errors, labels)} attempt={form.attempt} />
      {form.failure && (
        <Alert color="brique" role="alert">
          {form.failure}
        </Alert>
      )}
      {form.resumed && (
        <p className={classes.resumed} role="status">
          {t("resumed")}
          <Button variant="subtle" size="compact-sm" onClick={form.startOver}>
            {t("startOver")}
          </Button>
        </p>
      )}
      {children}
      <ConflictDialog
        opened={form.conflict !== undefined}
        onClose={form.laterConflict}
        differences={differences}
        who={form.conflict?.changedBy ?? undefined}
        at={form.conflict?.changedAt ?? new Date()}
        onResolve={form.resolve}
      />
    </form>
  );
}
