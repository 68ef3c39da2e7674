"use client";

import { Button, FileButton } from "@mantine/core";
import { IconPhotoUp, IconTrash } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { networkError, type ToldError, useErrorText, useToldText } from "../../../_trpc/use-error-text.ts";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./logo-section.module.css";

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
      try {
        const response = await fetch(`/api/clinic/${slug}/logo`, {
          method: "PUT",
          headers: { "content-type": file.type || "application/octet-stream" },
          body: file,
        });
        if (response.ok) return undefined;
        if (response.status === 415)
          return tell({ code: "Invalid", key: "file.type", fields: {}, details: {} }).message;
        const { error } = (await response.json()) as { error: ToldError };
        return tell(error).message;
      } catch {
        return tell(networkError).message;
      }
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
      <div className={classes.row}>
        <div className={classes.frame}>
          {fileId ? (
            // biome-ignore lint/performance/noImgElement: a private file behind its own door, which Next's optimiser may not read.
            <img src={`/api/clinic/${slug}/files/${fileId}`} alt={t("alt")} className={classes.image} />
          ) : (
            <span>{t("none")}</span>
          )}
        </div>
        <div className={classes.acts}>
          <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file && void upload(file)}>
            {(props) => (
              <Button {...props} variant="default" loading={busy} leftSection={<IconPhotoUp size={18} aria-hidden />}>
                {t(fileId ? "replace" : "choose")}
              </Button>
            )}
          </FileButton>
          {fileId && (
            <Button
              variant="subtle"
              color="brique"
              disabled={busy}
              onClick={() => void remove()}
              leftSection={<IconTrash size={18} aria-hidden />}
            >
              {t("remove")}
            </Button>
          )}
        </div>
      </div>
    </Section>
  );
}
