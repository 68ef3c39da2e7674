"use client";

import { PasswordInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { FaxAccountRecord } from "#server/integration/fax-account/record.ts";
import { changeFaxAccountInput } from "#server/integration/fax-account/schema.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { sayNumber } from "../_record/say-number.ts";
import { useRecordForm } from "../_record/use-record-form.ts";

interface FaxAccountDrawerProps {
  onClose: () => void;
  onSaved: () => void;
}

/** The fax service that the clinic has an account with. */
export function FaxAccountDrawer(props: FaxAccountDrawerProps) {
  const trpc = useTRPC();
  const account = useQuery(trpc.integration.fax.read.queryOptions());
  return account.data ? <FaxAccountForm {...props} account={account.data} /> : null;
}

type Values = Pick<FaxAccountRecord, "apiUrl" | "account" | "sender"> & { secret: string };

function FaxAccountForm({ account, onClose, onSaved }: FaxAccountDrawerProps & { account: FaxAccountRecord }) {
  const t = useTranslations("sending.fax");
  const client = useTRPCClient();
  const toast = useToast();
  const { version, hasSecret } = account;
  const form = useRecordForm<Values>({
    draft: "fax account",
    schema: changeFaxAccountInput.omit({ version: true }),
    start: { apiUrl: account.apiUrl, account: account.account, sender: sayNumber(account.sender), secret: "" },
    version: version ?? 1,
    send: (values, onto) =>
      client.integration.fax.change.mutate({ ...values, version: version === null ? null : onto }),
    onSaved: () => {
      toast({ message: t("saved") });
      onSaved();
    },
  });
  const { values, set, errors } = form;
  const labels = { apiUrl: t("apiUrl"), account: t("account"), secret: t("secret"), sender: t("sender") };
  return (
    <RecordDrawer
      title={t("title")}
      verb={t("save")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(
        { apiUrl: labels.apiUrl, account: labels.account, sender: labels.sender },
        (name, from) => from[name],
      )}
    >
      <TextInput
        id="apiUrl"
        label={labels.apiUrl}
        description={t("apiUrlHelp")}
        type="url"
        value={values.apiUrl}
        error={errors.apiUrl}
        autoComplete="off"
        data-autofocus
        onChange={(event) => set({ apiUrl: event.currentTarget.value })}
      />
      <TextInput
        id="account"
        label={labels.account}
        value={values.account}
        error={errors.account}
        autoComplete="off"
        onChange={(event) => set({ account: event.currentTarget.value })}
      />
      <PasswordInput
        id="secret"
        label={labels.secret}
        description={hasSecret ? t("secretKept") : undefined}
        value={values.secret}
        error={errors.secret}
        autoComplete="off"
        onChange={(event) => set({ secret: event.currentTarget.value })}
      />
      <TextInput
        id="sender"
        label={labels.sender}
        type="tel"
        value={values.sender}
        error={errors.sender}
        autoComplete="off"
        onChange={(event) => set({ sender: event.currentTarget.value })}
      />
    </RecordDrawer>
  );
}
