"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { instantOf, localNow } from "../../../_sending/local-time.ts";
import classes from "../../../_sending/sending.module.css";

interface MarkFaxedProps {
  number: string;
  busy: boolean;
  onClose: () => void;
  onMark: (number: string, at: Date) => void;
}

/** « It was faxed »: to which number, at what hour. */
export function MarkFaxed({ number, busy, onClose, onMark }: MarkFaxedProps) {
  const t = useTranslations("sending.list");
  const common = useTranslations("common");
  const [to, setTo] = useState(number);
  const [at, setAt] = useState(localNow);
  function mark(event: FormEvent) {
    event.preventDefault();
    onMark(to, instantOf(at));
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("markTitle")}
      size={420}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form className={classes.form} onSubmit={mark}>
        <TextInput
          label={t("number")}
          type="tel"
          value={to}
          autoComplete="off"
          onChange={(event) => setTo(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t("at")}
          type="datetime-local"
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <div className={classes.acts}>
          <Button type="submit" loading={busy}>
            {t("markFaxed")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
