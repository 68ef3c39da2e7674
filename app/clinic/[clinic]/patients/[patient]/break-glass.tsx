"use client";

import { Alert, Button, Modal, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v7 as newId } from "uuid";
import { breakGlassInput } from "#server/privacy/schema.ts";
import { keepGlass } from "../../../../_session/glass.ts";
import { useTRPC } from "../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../_trpc/use-error-text.ts";
import classes from "./break-glass.module.css";

interface BreakGlassProps {
  slug: string;
  patientId: string;
}

/** Asks why, says what follows, and opens: everything of this one patient, for an hour. */
export function BreakGlassForm({ slug, patientId, onBroken }: BreakGlassProps & { onBroken?: () => void }) {
  const t = useTranslations("chart.glass");
  const errors = useTranslations("errors");
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const say = useErrorText();
  const [id] = useState(() => newId());
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const breaking = useMutation(
    trpc.privacy.breakGlass.mutationOptions({
      onSuccess: (glass) => {
        keepGlass(slug, patientId, glass);
        void queries.resetQueries();
        router.refresh();
        onBroken?.();
      },
    }),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    const judged = breakGlassInput.safeParse({ id, patientId, reason });
    setMissing(!judged.success);
    if (judged.success && !breaking.isPending) breaking.mutate(judged.data);
  }

  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <p className={classes.lead}>{t("law")}</p>
      <ul className={classes.follows}>
        <li>{t("follows.told")}</li>
        <li>{t("follows.written")}</li>
        <li>{t("follows.hour")}</li>
      </ul>
      {breaking.isError && (
        <Alert color="brique" role="alert">
          {say(breaking.error).message}
        </Alert>
      )}
      <Textarea
        label={t("reason")}
        description={t("reasonHelp")}
        value={reason}
        maxLength={1000}
        autosize
        minRows={2}
        data-autofocus
        error={missing && errors("privacy.reasonTooShort")}
        onChange={({ currentTarget }) => {
          setReason(currentTarget.value);
          setMissing(false);
        }}
      />
      <Button type="submit" color="brique" loading={breaking.isPending} className={classes.verb}>
        {t("open")}
      </Button>
    </form>
  );
}

/** The same over the chart that is partly open. */
export function BreakGlass({ onClose, ...props }: BreakGlassProps & { onClose: () => void }) {
  const t = useTranslations("chart.glass");
  const common = useTranslations("common");
  return (
    <Modal opened onClose={onClose} title={t("title")} size={520} closeButtonProps={{ "aria-label": common("close") }}>
      <BreakGlassForm {...props} onBroken={onClose} />
    </Modal>
  );
}
