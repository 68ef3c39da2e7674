"use client";

import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ErrorReason, errorReasons } from "#server/document/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./documents.module.css";

interface PutAsideProps {
  document: { readonly id: string; readonly version: number };
  onGone: () => void;
  onChanged: () => void;
}

/** Belongs in no chart: kept, with who and why, and it waits no more. */
export function PutAside({ document: { id, version }, onGone, onChanged }: PutAsideProps) {
  const t = useTranslations("documents.aside");
  const common = useTranslations("common");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState<ErrorReason | null>(null);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);

  async function putAside() {
    if (!reason) return;
    setBusy(true);
    try {
      const aside = await client.document.putAside.mutate({ id, version, reason, note });
      setOpened(false);
      toast({
        message: t("done"),
        of: { [id]: aside.version },
        onUndo: async () => {
          await client.document.takeBack
            .mutate({ id, version: aside.version })
            .catch((error: unknown) => toast({ tone: "danger", message: say(error).message }));
          onChanged();
        },
      });
      onGone();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      onChanged();
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t("act")}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("title")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <div className={classes.form}>
          <p>{t("text")}</p>
          <Select
            label={t("why")}
            data={errorReasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
            value={reason}
            onChange={(next) => setReason(next as ErrorReason | null)}
            data-autofocus
          />
          <TextInput
            label={t("note")}
            value={note}
            maxLength={300}
            onChange={(event) => setNote(event.currentTarget.value)}
            autoComplete="off"
          />
          <div className={classes.acts}>
            <Button onClick={putAside} disabled={!reason} loading={busy}>
              {t("act")}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
