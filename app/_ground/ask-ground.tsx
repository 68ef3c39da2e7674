"use client";

import { Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useSyncExternalStore } from "react";
import { groundGate } from "./ground-gate.ts";
import { ReasonForm } from "./reason-form.tsx";

/** Asks why, in place, for a chart that was reached from elsewhere; what was asked for then goes on by itself. */
export function AskGround() {
  const t = useTranslations("ground");
  const patientId = useSyncExternalStore(groundGate.subscribe, groundGate.patient, () => null);
  useEffect(() => groundGate.watch(), []);
  const settle = (said: boolean) => patientId && groundGate.settle(patientId, said);
  return (
    <Modal opened={patientId !== null} onClose={() => settle(false)} title={t("title")} size={560} zIndex={450}>
      {patientId && (
        <ReasonForm
          key={patientId}
          patientId={patientId}
          onSaid={() => settle(true)}
          verb={t("goOn")}
          away={t("cancel")}
          onAway={() => settle(false)}
        />
      )}
    </Modal>
  );
}
