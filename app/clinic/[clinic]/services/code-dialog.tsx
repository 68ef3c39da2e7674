"use client";

import { Button, CopyButton, Modal } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./services.module.css";

/** The code of a service, this once: only its hash is kept. */
export function CodeDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const t = useTranslations("services.code");
  return (
    <Modal opened onClose={onClose} title={t("title")} size={440}>
      <p className={classes.note}>{t("lead")}</p>
      <div className={classes.code}>
        <span>{code}</span>
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            >
              {t(copied ? "copied" : "copy")}
            </Button>
          )}
        </CopyButton>
      </div>
      <Button onClick={onClose}>{t("noted")}</Button>
    </Modal>
  );
}
