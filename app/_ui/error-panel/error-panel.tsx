"use client";

import { Button, CopyButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import classes from "./error-panel.module.css";

type ErrorPanelProps = {
  title?: ReactNode;
  /** What happened, what was kept, what to do: already in the reader's language. */
  children: ReactNode;
  /** Lets the host find this very request in its logs. */
  requestId?: string;
  onRetry?: () => void;
};

/** A failure that is not about one field: says what happened, and carries the number that finds it in the logs. */
export function ErrorPanel({ title, children, requestId, onRetry }: ErrorPanelProps) {
  const t = useTranslations("common");
  return (
    <div className={classes.panel} role="alert">
      <IconAlertTriangle size={20} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        <p className={classes.title}>{title ?? t("error.title")}</p>
        <p className={classes.text}>{children}</p>
        {requestId && <RequestNumber id={requestId} />}
        {onRetry && (
          <Button variant="default" size="sm" mt="sm" onClick={onRetry}>
            {t("retry")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The number of a request, easy to read out and to copy. */
export function RequestNumber({ id }: { id: string }) {
  const t = useTranslations("common.error");
  return (
    <p className={classes.request}>
      {t("requestId")} <code>{id}</code>
      <CopyButton value={id}>
        {({ copied, copy }) => (
          <button type="button" onClick={copy} className={classes.copy}>
            {copied ? t("copied") : t("copy")}
          </button>
        )}
      </CopyButton>
    </p>
  );
}
