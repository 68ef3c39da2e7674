import { Button, Modal, Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type SyntheticEvent, useState } from "react";
import type { NoteView } from "#server/note/read-note.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import classes from "./note.module.css";

/** A note that should not be there. */
export function ErrorDialog({ note, onClose, onDone }: { note: NoteView; onClose: () => void; onDone: () => void }) {
  const t = useTranslations("notes");
  const say = useErrorText();
  const toast = useToast();
  const client = useTRPCClient();

  async function mark(reason: string) {
    try {
      await client.note.markInError.mutate({ id: note.id, version: note.version, reason });
      toast({ message: t("markedInError") });
      onDone();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
  }

  return (
    <ReasonDialog
      title={t("inErrorTitle")}
      lead={t("inErrorLead")}
      act={t("markInError")}
      color="brique"
      most={500}
      onAct={mark}
      onClose={onClose}
    />
  );
}

interface ReasonDialogProps {
  title: string;
  lead: string;
  act: string;
  color?: string;
  /** Characters, at most. */
  most: number;
  onAct: (reason: string) => Promise<void>;
  onClose: () => void;
}

/** Why, and then the act: Ctrl+Enter does it from the field. */
export function ReasonDialog({ title, lead, act, color, most, onAct, onClose }: ReasonDialogProps) {
  const t = useTranslations("notes");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (reason.trim() === "" || busy) return;
    setBusy(true);
    await onAct(reason);
    setBusy(false);
  }

  return (
    <Modal opened onClose={onClose} title={title} size={480}>
      <form onSubmit={submit}>
        <p>{lead}</p>
        <Textarea
          label={t("why")}
          value={reason}
          maxLength={most}
          autosize
          minRows={2}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) void submit(event);
          }}
          data-autofocus
        />
        <div className={classes.acts}>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" {...(color && { color })} loading={busy} disabled={reason.trim() === ""}>
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
