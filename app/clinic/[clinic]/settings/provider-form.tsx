"use client";

import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ProviderRecord } from "#server/integration/identity-provider/record.ts";
import { changeProviderInput, verifyProviderInput } from "#server/integration/identity-provider/schema.ts";
import type { Finding } from "#server/integration/identity-provider/verify-provider.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";
import { RecordFields } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import { CopiedAddress } from "./copied-address.tsx";
import own from "./provider.module.css";

const names = ["label", "issuer", "clientId"] as const;
type Values = Record<(typeof names)[number], string>;
type Check = { findings: readonly Finding[] } | { failure: string };

/** What the provider is. The secret is written, never read back. */
export function ProviderForm({ provider, callback }: { provider: ProviderRecord | null; callback: string }) {
  const t = useTranslations("settings.provider");
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const say = useErrorText();
  const [check, setCheck] = useState<Check>();
  const [checking, setChecking] = useState(false);
  // Not a part of the record: it is never read back, and nothing keeps it when the form is left.
  const [clientSecret, setClientSecret] = useState("");
  const form = useRecordForm<Values>({
    draft: "identity-provider",
    schema: changeProviderInput.omit({ version: true, clientSecret: true }),
    start: {
      label: provider?.label ?? "",
      issuer: provider?.issuer ?? "",
      clientId: provider?.clientId ?? "",
    },
    // 0: there is none yet.
    version: provider?.version ?? 0,
    onSaved: () => {
      toast({ message: t("saved") });
      setClientSecret("");
      router.refresh();
    },
    send: (values, version) =>
      client.integration.provider.change.mutate({ ...values, clientSecret, version: version || null }),
  });
  const { values, errors } = form;
  const set = (edit: Partial<Values>) => {
    setCheck(undefined);
    form.set(edit);
  };
  const labels = Object.fromEntries(names.map((name) => [name, t(name)])) as Values;
  const field = (name: (typeof names)[number]) => ({
    id: name,
    label: labels[name],
    value: values[name],
    error: errors[name],
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });

  async function verify() {
    setChecking(true);
    try {
      setCheck(await client.integration.provider.verify.mutate({ ...values, clientSecret }));
    } catch (error) {
      setCheck({ failure: say(error).message });
    } finally {
      setChecking(false);
    }
  }

  return (
    <RecordFields
      labels={{ ...labels, clientSecret: t("clientSecret") }}
      form={form}
      differences={form.differences(labels, (name, from) => from[name])}
    >
      <TextInput {...field("label")} description={t("labelHelp")} />
      <TextInput {...field("issuer")} description={t("issuerHelp")} inputMode="url" spellCheck={false} />
      <div className={classes.pair}>
        <TextInput {...field("clientId")} spellCheck={false} />
        <PasswordInput
          id="clientSecret"
          label={t("clientSecret")}
          value={clientSecret}
          error={errors.clientSecret}
          onChange={(event) => {
            setCheck(undefined);
            setClientSecret(event.currentTarget.value);
          }}
          autoComplete="new-password"
          placeholder={provider?.hasSecret ? t("secretKept") : undefined}
        />
      </div>
      <CopiedAddress label={t("callback")} help={t("callbackHelp")} value={callback} />
      <div role="status" className={own.status}>
        {check && <CheckResult check={check} />}
      </div>
      <div className={classes.acts}>
        <Button type="submit" loading={form.busy}>
          {t("save")}
        </Button>
        <Button
          variant="default"
          loading={checking}
          disabled={!verifyProviderInput.safeParse({ ...values, clientSecret }).success}
          onClick={verify}
        >
          {t("verify")}
        </Button>
      </div>
    </RecordFields>
  );
}

function CheckResult({ check }: { check: Check }) {
  const t = useTranslations("settings.provider");
  if ("failure" in check) return <Alert color="brique">{check.failure}</Alert>;
  if (check.findings.length === 0) {
    return (
      <p className={own.good}>
        <IconCircleCheck size={20} aria-hidden />
        <span>{t("verified")}</span>
      </p>
    );
  }
  return (
    <Alert color="brique" title={t("found")}>
      <ul className={own.findings}>
        {check.findings.map((finding) => (
          <li key={finding}>{t(`findings.${finding}`)}</li>
        ))}
      </ul>
    </Alert>
  );
}
