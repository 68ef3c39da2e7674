"use client";

import { Button, CopyButton, Modal } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./sending.module.css";

interface CodePanelProps {
  /** null: it went through before, and was shown then. */
  code: string | null;
  name: string;
  onClose: () => void;
}

/** The six digits, once: large enough to be read aloud over the telephone. */
export function CodePanel({ code, name, onClose }: CodePanelProps) {
  const t = useTranslations("sending.code");
  const common = useTranslations("common");
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("title")}
      size={440}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <div className={classes.codePanel}>
        <p>{code ? t("lead", { name }) : t("none")}</p>
        {code && (
          <p className={classes.code} data-code={code}>
            {`${code.slice(0, 3)} ${code.slice(3)}`}
          </p>
        )}
        <div className={classes.acts}>
          <Button onClick={onClose} data-autofocus>
            {t("close")}
          </Button>
          {code && (
            <CopyButton value={code}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  onClick={copy}
                  leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                >
                  {t(copied ? "copied" : "copy")}
                </Button>
              )}
            </CopyButton>
          )}
        </div>
      </div>
    </Modal>
  );
}
