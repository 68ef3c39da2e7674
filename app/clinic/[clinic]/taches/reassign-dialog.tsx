"use client";

import { Button, Modal, Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { recipientOf } from "#server/membership/recipient-schema.ts";
import type { TaskLine } from "#server/task/record.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_tasks/tasks.module.css";
import { useRecipients } from "../_tasks/use-recipients.ts";
import { useTaskActs } from "../_tasks/use-tasks.ts";

interface ReassignDialogProps {
  tasks: readonly TaskLine[];
  onClose: () => void;
  /** What somebody changed meanwhile stays chosen. */
  onDone: (left: readonly string[]) => void;
}

/** The chosen tasks, given to somebody else at once. */
export function ReassignDialog({ tasks, onClose, onDone }: ReassignDialogProps) {
  const t = useTranslations("tasks");
  const common = useTranslations("common");
  const client = useTRPCClient();
  const toast = useToast();
  const acts = useTaskActs();
  const recipients = useRecipients();
  const [to, setTo] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function give() {
    const owner = to && recipientOf(to);
    if (!owner || busy) return;
    setBusy(true);
    await acts.attempt(async () => {
      const items = tasks.map(({ id, version }) => ({ id, version }));
      const { done, left } = await client.task.reassign.mutate({ items, owner });
      toast({ message: t("given", { count: done.length, name: recipients.say(to) }) });
      onDone(left);
    });
    setBusy(false);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t("giveTitle", { count: tasks.length })}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <div className={classes.form}>
        <Select
          label={t("giveWhom")}
          data={recipients.options(tasks.some(({ clinical }) => clinical))}
          value={to}
          onChange={setTo}
          searchable
          nothingFoundMessage={t("nobody")}
          data-autofocus
        />
        <div className={classes.acts}>
          <Button disabled={!to} loading={busy} onClick={() => void give()}>
            {t("give")}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {common("cancel")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
