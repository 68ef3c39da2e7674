"use client";

import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";

/** What is done with a signed PDF. Here alone do screens offer to send a letter: on paper now, by each other way as it comes. */
export function SendActs({ documentId }: { documentId: string }) {
  const t = useTranslations("letters");
  const { clinic } = useParams<{ clinic: string }>();
  return (
    <Button
      component="a"
      href={`/api/clinic/${clinic}/documents/${documentId}/content?download`}
      download
      variant="default"
      size="compact-sm"
      leftSection={<IconPrinter size={16} aria-hidden />}
    >
      {t("print")}
    </Button>
  );
}
