"use client";

import { Radio, SegmentedControl, Select, Stack, TextInput } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { v7 } from "uuid";
import { z } from "zod";
import type { Preparation } from "#server/communication/prepare.ts";
import { type SendingChannel, sendInput, sendingChannels, usualDays } from "#server/communication/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { sayNumber } from "../_record/say-number.ts";
import { useRecordForm } from "../_record/use-record-form.ts";
import type { SendDrawerProps } from "./send-drawer.tsx";
import classes from "./sending.module.css";
import { isConcerned, recipientOf, usualFor, usualWhy, type WhyValues } from "./why.ts";
import { type Chosen, RecipientField, WhyFields } from "./why-fields.tsx";

interface SendFormProps extends Omit<SendDrawerProps, "onSent" | "chartExportId"> {
  chartExportId: string | null;
  prepared: Preparation;
  onSent: (sent: { code: string | null; name: string; isLink: boolean; byText: boolean }) => void;
}

interface Values extends WhyValues {
  readonly channel: SendingChannel;
  readonly contact: string;
  readonly codeBy: "telephone" | "sms";
  readonly mobile: string;
  readonly days: number;
}

const nobody: Chosen = { name: "", email: "", fax: "", mobile: "", address: "" };

/** How this person is reached by this way, as the chart or the directory has it. */
const contactFor = (channel: SendingChannel, { email, fax, address }: Chosen) =>
  channel === "link" ? email : channel === "fax" ? sayNumber(fax) : channel === "mail" ? address : "";

export function SendForm({
  patientId,
  documentIds,
  chartExportId,
  suggestedRecipient,
  prepared,
  onClose,
  onSent,
}: SendFormProps) {
  const t = useTranslations("sending.send");
  const client = useTRPCClient();
  const toast = useToast();
  const suggested = suggestedOf(suggestedRecipient, prepared);
  const [chosen, setChosen] = useState<Chosen>(suggested?.chosen ?? nobody);
  const toInput = (values: Values, id: string) => ({
    id,
    patientId,
    documentIds: [...documentIds],
    chartExportId,
    recipient: recipientOf(values),
    channel: values.channel,
    contact: values.contact,
    codeBy: values.codeBy,
    mobile: values.mobile,
    days: values.days,
    purpose: values.purpose,
    ground: values.ground,
    justification: values.justification,
    refusals: prepared.refusals.filter((one) => isConcerned(one.purpose, values.to)).map((one) => one.id),
    refusalReason: values.refusalReason,
    language: values.language,
  });
  const channel: SendingChannel =
    suggested && suggested.chosen.email === "" && suggested.chosen.fax !== "" ? "fax" : "link";
  const form = useRecordForm<Values>({
    draft: `send ${patientId} ${[...documentIds].sort().join(",")} ${chartExportId ?? ""}`,
    schema: z.preprocess((values) => toInput(values as Values, v7()), sendInput),
    start: {
      ...usualWhy(prepared.language),
      ...(suggested && { to: suggested.to, ...usualFor(suggested.to) }),
      channel,
      contact: suggested ? contactFor(channel, suggested.chosen) : "",
      codeBy: "telephone",
      mobile: suggested ? sayNumber(suggested.chosen.mobile) : "",
      days: usualDays,
    },
    version: 1,
    send: async (values, _version, id) => {
      const parsed = sendInput.parse(toInput(values, id));
      const { code } = await client.communication.send.mutate(parsed);
      const name = parsed.recipient.kind === "other" ? parsed.recipient.name : chosen.name;
      const isLink = values.channel === "link";
      const isFax = values.channel === "fax" && !prepared.faxService;
      const toDo = isFax ? t("queuedFax") : t("marked");
      toast({ message: isLink || (values.channel === "fax" && prepared.faxService) ? t("sent", { name }) : toDo });
      sent.current = { code, name, isLink, byText: values.codeBy === "sms" };
      return {};
    },
    onSaved: () => sent.current && onSent(sent.current),
  });
  const [sent] = useState<{ current?: Parameters<SendFormProps["onSent"]>[0] }>(() => ({}));
  const { values, set, errors } = form;
  const labels = {
    recipient: t("recipient"),
    "recipient-name": t("otherName"),
    contact: values.channel === "link" ? t("email") : values.channel === "fax" ? t("fax") : t("place"),
    mobile: t("mobile"),
    purpose: t("purpose"),
    ground: t("ground"),
    justification: t("justification"),
    refusals: t("refusalReason"),
    refusalReason: t("refusalReason"),
  };
  const verb =
    values.channel === "link"
      ? t("verb")
      : values.channel === "fax"
        ? t(prepared.faxService ? "verbFaxService" : "verbFax")
        : t("verbMark");
  const helps: Record<SendingChannel, string> = {
    link: t("linkHelp"),
    fax: t(prepared.faxService ? "faxServiceHelp" : "faxHelp"),
    hand: t("handHelp"),
    mail: t("mailHelp"),
  };
  return (
    <RecordDrawer
      title={t("title")}
      verb={verb}
      size={520}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={[]}
    >
      <ul className={classes.goes} aria-label={t("documents", { count: prepared.documents.length })}>
        {prepared.documents.map(({ id, title }) => (
          <li key={id}>
            <IconFileText size={16} aria-hidden />
            {title}
          </li>
        ))}
      </ul>
      <RecipientField
        values={values}
        errors={errors}
        set={set}
        prepared={prepared}
        onChosen={(one) => {
          setChosen(one);
          set({ contact: contactFor(values.channel, one), mobile: sayNumber(one.mobile) });
        }}
      />
      <div>
        <SegmentedControl
          fullWidth
          aria-label={t("channel")}
          data={sendingChannels.map((value) => ({ value, label: t(`channels.${value}`) }))}
          value={values.channel}
          onChange={(value) => {
            const to = value as SendingChannel;
            set({ channel: to, contact: contactFor(to, chosen) });
          }}
        />
        <p className={classes.help}>{helps[values.channel]}</p>
      </div>
      {values.channel !== "hand" && (
        <TextInput
          id="contact"
          label={values.channel === "mail" ? t("address") : labels.contact}
          type={values.channel === "link" ? "email" : values.channel === "fax" ? "tel" : "text"}
          value={values.contact}
          error={errors.contact}
          autoComplete="off"
          onChange={(event) => set({ contact: event.currentTarget.value })}
        />
      )}
      {values.channel === "link" && (
        <>
          {prepared.texts && (
            <Radio.Group
              label={t("codeBy")}
              value={values.codeBy}
              onChange={(value) => set({ codeBy: value as Values["codeBy"] })}
            >
              <Stack gap="xs" mt="xs">
                <Radio value="telephone" label={t("codeBys.telephone")} />
                <Radio value="sms" label={t("codeBys.sms")} />
              </Stack>
            </Radio.Group>
          )}
          {values.codeBy === "sms" && (
            <TextInput
              id="mobile"
              label={t("mobile")}
              type="tel"
              value={values.mobile}
              error={errors.mobile}
              autoComplete="off"
              onChange={(event) => set({ mobile: event.currentTarget.value })}
            />
          )}
        </>
      )}
      <div className={classes.two}>
        <Select
          id="language"
          label={t("language")}
          data={(["fr", "en"] as const).map((value) => ({ value, label: t(`languages.${value}`) }))}
          value={values.language}
          allowDeselect={false}
          onChange={(value) => value && set({ language: value as Values["language"] })}
        />
        {values.channel === "link" && (
          <Select
            id="days"
            label={t("days")}
            data={[3, 7, 14, 30].map((count) => ({ value: String(count), label: t("daysOf", { count }) }))}
            value={String(values.days)}
            allowDeselect={false}
            onChange={(value) => value && set({ days: Number(value) })}
          />
        )}
      </div>
      <WhyFields values={values} errors={errors} set={set} prepared={prepared} />
    </RecordDrawer>
  );
}

/** Whoever the document is written to, when the chart knows how to reach them; otherwise nobody is chosen yet. */
function suggestedOf(suggested: SendDrawerProps["suggestedRecipient"], { recipients }: Preparation) {
  if (!suggested) return undefined;
  const found = recipients.find(
    (one) => one.kind === suggested.kind && (suggested.kind === "patient" || one.id === suggested.id),
  );
  const to = suggested.kind === "patient" ? "patient" : `${suggested.kind}:${suggested.id}`;
  return found ? { to, chosen: found as Chosen } : { to, chosen: nobody };
}
