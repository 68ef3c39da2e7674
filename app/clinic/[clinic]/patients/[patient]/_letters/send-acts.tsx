"use client";

import { Button } from "@mantine/core";
import { IconPrinter, IconSend } from "@tabler/icons-react";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SendDrawer } from "../../../_sending/send-drawer.tsx";
import { useRefreshLetters } from "./use-letters.ts";

interface SendActsProps {
  documentId: string;
  patientId: string;
  /** To whom it is written, when they are in the directory. */
  correspondentId: string | null;
}

/** What is done with a signed PDF: sent, or printed. Asks for the words of `sending`. */
export function SendActs({ documentId, patientId, correspondentId }: SendActsProps) {
  const t = useTranslations("letters");
  const outwards = useTranslations("sending.send");
  const refresh = useRefreshLetters();
  const { clinic } = useParams<{ clinic: string }>();
  const [sending, setSending] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconSend size={16} aria-hidden />}
        onClick={() => setSending(true)}
      >
        {outwards("open")}
      </Button>
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
      {sending && (
        <SendDrawer
          patientId={patientId}
          documentIds={[documentId]}
          {...(correspondentId && { suggestedRecipient: { kind: "correspondent", id: correspondentId } })}
          onClose={() => setSending(false)}
          onSent={() => void refresh()}
        />
      )}
    </>
  );
}
