"use client";

import { SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { v7 } from "uuid";
import { z } from "zod";
import type { Preparation } from "#server/communication/prepare.ts";
import { type TellInput, tellInput } from "#server/communication/schema.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import { instantOf, localNow } from "./local-time.ts";
import { isConcerned, recipientOf, usualWhy, type WhyValues } from "./why.ts";
import { RecipientField, WhyFields } from "./why-fields.tsx";

interface TellDrawerProps {
  patientId: string;
  onClose: () => void;
  onSaved: () => void;
}

interface Values extends WhyValues {
  readonly channel: TellInput["channel"];
  readonly nature: string;
  /** `YYYY-MM-DDTHH:MM`, of this computer's clock. */
  readonly at: string;
}

/** What was said over the telephone or in person goes into the register like what is sent. */
export function TellDrawer(props: TellDrawerProps) {
  const trpc = useTRPC();
  const prepared = useQuery(trpc.communication.prepare.queryOptions({ patientId: props.patientId }));
  return prepared.data ? <TellForm {...props} prepared={prepared.data} /> : null;
}

function TellForm({ patientId, prepared, onClose, onSaved }: TellDrawerProps & { prepared: Preparation }) {
  const t = useTranslations("sending");
  const client = useTRPCClient();
  const toast = useToast();
  const toInput = (
    { channel, nature, at, purpose, ground, justification, refusalReason, language, ...who }: Values,
    id: string,
  ) => ({
    id,
    patientId,
    channel,
    nature,
    occurredAt: instantOf(at),
    recipient: recipientOf(who),
    purpose,
    ground,
    justification,
    refusals: prepared.refusals.filter((one) => isConcerned(one.purpose, who.to)).map((one) => one.id),
    refusalReason,
    language,
  });
  const form = useRecordForm<Values>({
    draft: `tell ${patientId}`,
    schema: z.preprocess((values) => toInput(values as Values, v7()), tellInput),
    start: { ...usualWhy(prepared.language), channel: "telephone", nature: "", at: localNow() },
    version: 1,
    send: async (values, _version, id) => client.communication.tell.mutate(tellInput.parse(toInput(values, id))),
    onSaved: () => {
      toast({ message: t("tell.saved") });
      onSaved();
    },
  });
  const { values, set, errors } = form;
  const labels = {
    recipient: t("send.recipient"),
    "recipient-name": t("send.otherName"),
    nature: t("tell.nature"),
    occurredAt: t("tell.at"),
    justification: t("send.justification"),
    refusals: t("send.refusalReason"),
    refusalReason: t("send.refusalReason"),
  };
  return (
    <RecordDrawer
      title={t("tell.title")}
      verb={t("tell.verb")}
      size={520}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={[]}
    >
      <RecipientField values={values} errors={errors} set={set} prepared={prepared} onChosen={() => undefined} />
      <SegmentedControl
        fullWidth
        aria-label={t("send.channel")}
        data={(["telephone", "hand", "other"] as const).map((value) => ({
          value,
          label: t(`send.channels.${value}`),
        }))}
        value={values.channel}
        onChange={(channel) => set({ channel: channel as Values["channel"] })}
      />
      <TextInput
        id="nature"
        label={labels.nature}
        description={t("tell.natureHelp")}
        value={values.nature}
        error={errors.nature}
        autoComplete="off"
        onChange={(event) => set({ nature: event.currentTarget.value })}
      />
      <TextInput
        id="occurredAt"
        type="datetime-local"
        label={labels.occurredAt}
        value={values.at}
        error={errors.occurredAt}
        onChange={(event) => set({ at: event.currentTarget.value })}
      />
      <WhyFields values={values} errors={errors} set={set} prepared={prepared} />
    </RecordDrawer>
  );
}
