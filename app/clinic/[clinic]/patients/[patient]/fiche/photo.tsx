"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PatientView } from "#server/patient/record.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { sendPicture } from "../../../../../_trpc/send-picture.ts";
import { useErrorText, useToldText } from "../../../../../_trpc/use-error-text.ts";
import { PersonDisc } from "../../../../../_ui/person/person-disc.tsx";
import { PictureField } from "../../../../../_ui/picture/picture-field.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";

interface PhotoProps {
  slug: string;
  patient: PatientView;
  mayWrite: boolean;
  onChanged: () => void;
}

/** A face, so that nobody is taken for another: saved at once, apart from the rest. */
export function Photo({ slug, patient, mayWrite, onChanged }: PhotoProps) {
  const t = useTranslations("patients.file");
  const client = useTRPCClient();
  const toast = useToast();
  const tell = useToldText();
  const say = useErrorText();
  const [busy, setBusy] = useState(false);
  const { id, version, photoFileId, displayName } = patient;

  async function choose(file: File) {
    setBusy(true);
    const { refusal } = await sendPicture<object>(`/api/clinic/${slug}/patients/${id}/photo?version=${version}`, file);
    setBusy(false);
    toast(refusal ? { message: tell(refusal).message, tone: "danger" } : { message: t("photoSaved") });
    onChanged();
  }

  async function remove() {
    setBusy(true);
    try {
      await client.patient.removePhoto.mutate({ id, version });
      toast({ message: t("photoRemoved") });
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
    setBusy(false);
    onChanged();
  }

  if (!mayWrite && !photoFileId) return <PersonDisc name={displayName} size={40} />;
  const source = photoFileId ? `/api/clinic/${slug}/files/${photoFileId}` : null;
  return (
    <PictureField
      source={source}
      alt={t("photoOf", { name: displayName })}
      none={t("noPhoto")}
      choose={t("choosePhoto")}
      replace={t("replacePhoto")}
      remove={t("removePhoto")}
      busy={busy}
      onChoose={(file) => void choose(file)}
      onRemove={() => void remove()}
    />
  );
}
