"use client";

import { Input } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PractitionerRecord } from "#server/practitioner/record.ts";
import type { SignatureAnswer } from "#server/practitioner/set-signature.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { sendPicture } from "../../../_trpc/send-picture.ts";
import { useErrorText, useToldText } from "../../../_trpc/use-error-text.ts";
import { PictureField } from "../../../_ui/picture/picture-field.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";

export interface SignaturePictureProps {
  practitioner: Pick<PractitionerRecord, "id" | "version" | "signatureFileId">;
  slug: string;
  onChanged: (signature: SignatureAnswer) => void;
}

/** A practitioner's signature as a picture: saved at once, apart from the rest of the form. */
export function SignaturePicture({ practitioner, slug, onChanged }: SignaturePictureProps) {
  const t = useTranslations("practitioners.signature");
  const client = useTRPCClient();
  const toast = useToast();
  const tell = useToldText();
  const say = useErrorText();
  const [busy, setBusy] = useState(false);
  const { id, version, signatureFileId } = practitioner;

  async function upload(file: File) {
    setBusy(true);
    const address = `/api/clinic/${slug}/practitioners/${id}/signature?version=${version}`;
    const { body, refusal } = await sendPicture<SignatureAnswer>(address, file);
    setBusy(false);
    if (body) onChanged(body);
    toast(refusal ? { message: tell(refusal).message, tone: "danger" } : { message: t("saved") });
  }

  async function remove() {
    setBusy(true);
    try {
      onChanged(await client.practitioner.removeSignature.mutate({ id, version }));
      toast({ message: t("removed") });
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Input.Wrapper labelElement="div" label={t("label")} description={t("help")} descriptionProps={{ mb: 8 }}>
      <PictureField
        source={signatureFileId && `/api/clinic/${slug}/files/${signatureFileId}`}
        alt={t("alt")}
        none={t("none")}
        choose={t("choose")}
        replace={t("replace")}
        remove={t("remove")}
        busy={busy}
        onChoose={(file) => void upload(file)}
        onRemove={() => void remove()}
      />
    </Input.Wrapper>
  );
}
