"use client";

import { Radio, Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReviewLine } from "#server/privacy/list-to-review.ts";
import { verdictInput } from "#server/privacy/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { Touched } from "../_privacy/touched.tsx";
import classes from "../_record/record.module.css";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";

interface ReviewFormProps {
  opening: ReviewLine;
  onClose: () => void;
  onSaved: () => void;
}

interface Values {
  flagged: boolean;
  comment: string;
}

/** One opening, looked at again: was it justified, or is there something to follow up? */
export function ReviewForm({ opening, onClose, onSaved }: ReviewFormProps) {
  const t = useTranslations("privacy.review");
  const names = useTranslations("privacy.openings");
  const client = useTRPCClient();
  const toast = useToast();
  const { id: openingId, kind, userName, patientName, words, madeOf, read, wrote } = opening;
  const form = useRecordForm<Values>({
    draft: `review ${openingId}`,
    schema: verdictInput,
    start: { flagged: false, comment: "" },
    version: 1,
    send: (values, _, id) => client.privacy.review.mutate({ id, kind, openingId, ...values }),
    onSaved: () => {
      toast({ message: t("saved") });
      onSaved();
    },
  });
  const labels = { flagged: t("verdict"), comment: t("comment") };
  return (
    <RecordDrawer
      title={t("formTitle", { who: userName ?? names("unnamed") })}
      verb={t("save")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={[]}
    >
      <p className={classes.note}>
        {patientName ?? names("unnamed")}
        {madeOf ? ` · ${t(`madeOf.${madeOf}`)}` : words && ` · « ${words} »`}
      </p>
      <p className={classes.note}>
        <Touched read={read} wrote={wrote} />
      </p>
      <Radio.Group
        id="flagged"
        label={labels.flagged}
        value={form.values.flagged ? "flagged" : "fine"}
        onChange={(value) => form.set({ flagged: value === "flagged" })}
      >
        <div className={classes.again}>
          <Radio value="fine" label={t("isFine")} data-autofocus />
          <Radio value="flagged" label={t("isFlagged")} />
        </div>
      </Radio.Group>
      <Textarea
        id="comment"
        label={labels.comment}
        description={t("commentHelp")}
        value={form.values.comment}
        error={form.errors.comment}
        autosize
        minRows={3}
        onChange={(event) => form.set({ comment: event.currentTarget.value })}
      />
    </RecordDrawer>
  );
}
