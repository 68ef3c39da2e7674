"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useFocusBack } from "../focus/use-focus-back.ts";
import classes from "./confirm-dialog.module.css";

type ConfirmDialogProps = {
  opened: boolean;
  onClose: () => void;
  /** The act and its object as a question: « Retirer Karim Benali de la clinique? » */
  title: string;
  /** What will happen, and to whom, one line each. */
  consequences: ReactNode[];
  /** The verb: « Retirer ». Never « OK ». */
  verb: string;
  onConfirm: () => unknown;
  /** For what cannot be undone. */
  danger?: boolean;
  /** A word to type first, for what cannot be undone and touches many people. */
  word?: string;
};

/** Says what will happen, and to whom, before it does. Stays open while it happens, and if it fails. */
export function ConfirmDialog({ opened, onClose, ...props }: ConfirmDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={props.title} size={480} classNames={{ title: classes.title }}>
      <ConfirmBody onClose={onClose} {...props} />
    </Modal>
  );
}

function ConfirmBody(props: Omit<ConfirmDialogProps, "opened" | "title">) {
  const t = useTranslations("common");
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const missing = props.word !== undefined && typed.trim() !== props.word;
  // On a busy machine Mantine asks who opened it once its own button has the focus already, and goes back to nothing.
  useFocusBack();

  async function confirm() {
    if (busy || missing) return;
    setBusy(true);
    try {
      await props.onConfirm();
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <ul className={classes.consequences}>
        {props.consequences.map((consequence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, written once.
          <li key={index}>{consequence}</li>
        ))}
      </ul>
      {props.word && (
        <TextInput
          mt="md"
          label={t("confirm.typeToConfirm", { word: props.word })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
        />
      )}
      <div className={classes.acts}>
        <Button variant="default" onClick={props.onClose} data-autofocus={props.word ? undefined : true}>
          {t("cancel")}
        </Button>
        <Button color={props.danger ? "brique" : undefined} onClick={confirm} loading={busy} disabled={missing}>
          {props.verb}
        </Button>
      </div>
    </>
  );
}
