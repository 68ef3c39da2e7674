"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { sendPicture } from "../../../_trpc/send-picture.ts";
import { useToldText } from "../../../_trpc/use-error-text.ts";
import { PictureField } from "../../../_ui/picture/picture-field.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";

interface CoverFieldProps {
  slug: string;
  fileId: string | null;
  onChange: (fileId: string | null) => void;
}

/** The photo of the page. It is kept when it is chosen, and belongs to the draft once that is saved. */
export function CoverField({ slug, fileId, onChange }: CoverFieldProps) {
  const t = useTranslations("publicPage");
  const [toast, tell] = [useToast(), useToldText()];
  const [busy, setBusy] = useState(false);

  async function choose(file: File) {
    if (busy) return;
    setBusy(true);
    const { body, refusal } = await sendPicture<{ fileId: string }>(`/api/clinic/${slug}/page-cover`, file);
    setBusy(false);
    if (refusal) toast({ message: tell(refusal).message, tone: "danger" });
    else if (body) onChange(body.fileId);
  }

  return (
    <PictureField
      source={fileId && `/api/clinic/${slug}/files/${fileId}`}
      alt={t("coverAlt")}
      none={t("coverNone")}
      choose={t("coverChoose")}
      replace={t("coverReplace")}
      remove={t("coverRemove")}
      busy={busy}
      onChoose={(file) => void choose(file)}
      onRemove={() => onChange(null)}
    />
  );
}
