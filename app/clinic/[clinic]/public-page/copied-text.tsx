"use client";

import { ActionIcon, CopyButton, Textarea } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";

/** A text of several lines to hand to somebody else: selected or copied, never typed. */
export function CopiedText({ label, help, copy, value }: { label: string; help: string; copy: string; value: string }) {
  const t = useTranslations("publicPage");
  return (
    <Textarea
      label={label}
      description={help}
      value={value}
      readOnly
      autosize
      spellCheck={false}
      onFocus={(event) => event.currentTarget.select()}
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy: act }) => (
            <ActionIcon variant="subtle" size={36} onClick={act} aria-label={copied ? t("copied") : copy}>
              {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
            </ActionIcon>
          )}
        </CopyButton>
      }
      rightSectionWidth={44}
    />
  );
}
