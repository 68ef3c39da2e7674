"use client";

import { Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useFocusBack } from "../../../../../_ui/focus/use-focus-back.ts";
import { Timeline } from "./timeline.tsx";

/** The whole record on one line of time, from years to days. */
export function TimelineDialog({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const t = useTranslations("record.timeline");
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={t("title")} size={720}>
      <Timeline patientId={patientId} />
    </Modal>
  );
}
