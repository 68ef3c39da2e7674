"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { sendPicture } from "../../../_trpc/send-picture.ts";
import { useErrorText, useToldText } from "../../../_trpc/use-error-text.ts";
import { PictureField } from "../../../_ui/picture/picture-field.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";

/** The clinic's logo: looked at, replaced, removed. The server decodes it and encodes it anew. */
export function LogoSection({ slug, fileId }: { slug: string; fileId: string | null }) {
  const t = useTranslations("settings.logo");
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const tell = useToldText();
  const say = useErrorText();
  const [busy, setBusy] = useState(false);

  async function run(act: () => Promise<string | undefined>, done: string) {
    if (busy) return;
    setBusy(true);
    const refusal = await act();
    setBusy(false);
    toast(refusal ? { message: refusal, tone: "danger" } : { message: done });
    if (!refusal) router.refresh();
  }

  const upload = (file: File) =>
    run(async () => {
      const { refusal } = await sendPicture(`/api/clinic/${slug}/logo`, file);
      return refusal && tell(refusal).message;
    }, t("saved"));

  const remove = () =>
    run(async () => {
      try {
        await client.clinic.removeLogo.mutate();
        return undefined;
      } catch (error) {
        return say(error).message;
      }
    }, t("removed"));

  return (
    <Section title={t("title")} lead={t("lead")}>
      <PictureField
        source={fileId && `/api/clinic/${slug}/files/${fileId}`}
        alt={t("alt")}
        none={t("none")}
        choose={t("choose")}
        replace={t("replace")}
        remove={t("remove")}
        busy={busy}
        onChoose={(file) => void upload(file)}
        onRemove={() => void remove()}
      />
    </Section>
  );
}
