"use client";

import { ActionIcon, CopyButton, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** An address of ours to hand to somebody else: read, selected or copied, never typed. */
export function CopiedAddress({ label, help, value }: { label: ReactNode; help: ReactNode; value: string }) {
  const t = useTranslations("settings.provider");
  return (
    <TextInput
      label={label}
      description={help}
      value={value}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <ActionIcon variant="subtle" size={36} onClick={copy} aria-label={t(copied ? "copied" : "copy")}>
              {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
            </ActionIcon>
          )}
        </CopyButton>
      }
      rightSectionWidth={44}
    />
  );
}
