"use client";

import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { CodePanel } from "./code-panel.tsx";
import { SendForm } from "./send-form.tsx";

/** Whom a letter or a referral is written to. */
export type SuggestedRecipient =
  | { readonly kind: "correspondent" | "related"; readonly id: string }
  | { readonly kind: "patient" };

export interface SendDrawerProps {
  patientId: string;
  documentIds: readonly string[];
  /** The whole chart, as it was made into one file. */
  chartExportId?: string;
  suggestedRecipient?: SuggestedRecipient;
  onClose: () => void;
  /** It has left, or is written in the register. */
  onSent?: () => void;
}

/** Sends documents of one chart: to whom, how, why; and what the patient refused before anything leaves. */
export function SendDrawer(props: SendDrawerProps) {
  const { patientId, documentIds, chartExportId = null, onClose, onSent } = props;
  const t = useTranslations("sending");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const say = useErrorText();
  const [given, setGiven] = useState<{ code: string | null; name: string }>();
  const prepared = useQuery(
    trpc.communication.prepare.queryOptions({
      patientId,
      documentIds: [...documentIds],
      chartExportId,
      correspondentId: props.suggestedRecipient?.kind === "correspondent" ? props.suggestedRecipient.id : null,
    }),
  );
  if (given) return <CodePanel code={given.code} name={given.name} onClose={onClose} />;
  if (prepared.data)
    return (
      <SendForm
        {...props}
        chartExportId={chartExportId}
        prepared={prepared.data}
        onSent={({ code, name, isLink, byText }) => {
          onSent?.();
          if (isLink && !byText) setGiven({ code, name });
          else onClose();
        }}
      />
    );
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t("send.title")}
      position="right"
      size={520}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {prepared.isError ? (
        <ErrorPanel requestId={say(prepared.error).requestId} onRetry={() => void prepared.refetch()}>
          {say(prepared.error).message}
        </ErrorPanel>
      ) : (
        <SkeletonRows rows={8} />
      )}
    </Drawer>
  );
}
