"use client";

import { Button, Modal, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { DraftView } from "#server/note/record.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import classes from "./note.module.css";
import { templateKey, templateOptions } from "./template-options.ts";
import { windowTab } from "./window-tab.ts";

interface TemplateDialogProps {
  draft: DraftView;
  flush: () => Promise<number>;
  onClose: () => void;
  onChanged: () => void;
}

/** Another template for a note that is begun. What was written follows: nobody types while it does. */
export function TemplateDialog({ draft, flush, onClose, onChanged }: TemplateDialogProps) {
  const t = useTranslations("notes");
  const say = useErrorText();
  const toast = useToast();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const templates = useQuery(trpc.questionnaire.list.queryOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // Sent again because its answer was lost, it is the same change.
  const saveIds = useRef(new Map<string, string>());
  const now = draft.template.shipped ?? draft.template.id;
  const options = (templates.data ?? []).filter((one) => templateKey(one) !== now);
  const template = options.find((one) => templateKey(one) === chosen);

  async function change() {
    if (!template) return;
    setBusy(true);
    try {
      const key = templateKey(template);
      const saveId = saveIds.current.get(key) ?? crypto.randomUUID();
      saveIds.current.set(key, saveId);
      await client.note.changeTemplate.mutate({
        id: draft.id,
        tab: windowTab(),
        revision: await flush(),
        saveId,
        template: template.id ? { questionnaireId: template.id } : { shipped: template.shipped ?? "" },
      });
      toast({ message: t("templateChanged", { title: template.title }) });
      onClose();
      onChanged();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      setBusy(false);
    }
  }

  return (
    <Modal opened onClose={busy ? () => undefined : onClose} title={t("templateTitle")} size={480}>
      <p>{t("templateLead")}</p>
      <Select
        label={t("template")}
        data={templateOptions(options, t("mineShort"))}
        value={chosen}
        onChange={setChosen}
        disabled={busy}
        searchable
        data-autofocus
      />
      <div className={classes.acts}>
        <Button variant="default" onClick={onClose} disabled={busy}>
          {t("cancel")}
        </Button>
        <Button onClick={change} loading={busy} disabled={!template}>
          {t("templateDo")}
        </Button>
      </div>
    </Modal>
  );
}
