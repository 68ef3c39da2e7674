"use client";

import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DraftView } from "#server/public-page/read-draft.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { ConfirmDialog } from "../../../_ui/confirm/confirm-dialog.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { Checklist } from "./checklist.tsx";
import { PageForm } from "./page-form.tsx";
import { Preview } from "./preview.tsx";
import classes from "./public-page.module.css";
import { Share } from "./share.tsx";

interface PageDeskProps {
  slug: string;
  view: DraftView;
  address: string;
  /** The code to print, as a data address. */
  qr: string;
  hostContact: string;
}

/** The page being written at the left, as it will be seen at the right, and one act: publish. */
export function PageDesk({ slug, view, address, qr, hostContact }: PageDeskProps) {
  const t = useTranslations("publicPage");
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const say = useErrorText();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [unsaved, setUnsaved] = useState(false);
  const { draft, checklist, addressMissing } = view;
  const isPublic = draft.publishedAt !== null;
  const ready = Object.values(checklist).every(Boolean);

  async function act(send: () => Promise<unknown>, done: string) {
    if (busy) return;
    setBusy(true);
    try {
      await send();
      toast({ message: done });
      setAsking(false);
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    } finally {
      setBusy(false);
      router.refresh();
    }
  }

  const publish = () => {
    if (unsaved) return void toast({ message: t("saveFirst"), tone: "danger" });
    void act(() => client.publicPage.publish.mutate({ version: draft.version }), t("publishedNow"));
  };

  return (
    <>
      <PageHead
        title={t("title")}
        context={
          <Chip tone={isPublic ? (draft.changed ? "attention" : "good") : "neutral"}>
            {t(isPublic ? (draft.changed ? "changed" : "published") : "unpublished")}
          </Chip>
        }
      >
        {isPublic && (
          <>
            <Button variant="subtle" color="brique" onClick={() => setAsking(true)}>
              {t("unpublish")}
            </Button>
            <Button
              component="a"
              href={address}
              target="_blank"
              variant="default"
              rightSection={<IconExternalLink size={16} aria-hidden />}
            >
              {t("see")}
            </Button>
          </>
        )}
        {(!isPublic || draft.changed) && (
          <Button onClick={publish} loading={busy} disabled={!ready}>
            {t(isPublic ? "publishAgain" : "publish")}
          </Button>
        )}
      </PageHead>
      <PageBody>
        <div className={classes.desk}>
          <div className={classes.left}>
            {(!isPublic || !ready || addressMissing) && (
              <Checklist slug={slug} settled={checklist} addressMissing={addressMissing} hostContact={hostContact} />
            )}
            <PageForm slug={slug} view={view} address={address} onUnsaved={setUnsaved} />
            <Share view={view} address={address} qr={qr} />
          </div>
          <Preview slug={slug} version={draft.version} />
        </div>
      </PageBody>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("takeDown")}
        consequences={[t("takeDownPage"), t("takeDownVisits"), t("takeDownDraft")]}
        verb={t("unpublish")}
        danger
        onConfirm={() => act(() => client.publicPage.unpublish.mutate({ version: draft.version }), t("unpublishedNow"))}
      />
    </>
  );
}
