"use client";

import { Button, Modal } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ResultForm } from "../patients/[patient]/_summary/result-form.tsx";

interface WriteResultProps {
  patientId: string;
  documentId: string;
  /** `YYYY-MM-DD` */
  datedOn: string;
}

/** A value of the report that is read, written among the patient's results: its row leads back to the report. */
export function WriteResult({ patientId, documentId, datedOn }: WriteResultProps) {
  const t = useTranslations("documents.review");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconFlask size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t("result")}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t("result")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <ResultForm patientId={patientId} report={{ id: documentId, datedOn }} onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}
