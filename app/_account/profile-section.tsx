"use client";

import { Button, Radio, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { setLocale } from "../_i18n/set-locale.ts";
import { useTRPCClient } from "../_trpc/client.tsx";
import { Section } from "../_ui/section/section.tsx";
import classes from "./account.module.css";
import { useAct } from "./use-act.ts";

/** Name, and the language of the pages and of the mail. */
export function ProfileSection({ displayName, locale }: { displayName: string; locale: "fr" | "en" }) {
  const t = useTranslations("account.profile");
  const common = useTranslations("common.language");
  const client = useTRPCClient();
  const router = useRouter();
  const { busy, run } = useAct();
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const language = form.get("locale") === "en" ? "en" : "fr";
    const name = String(form.get("displayName") ?? "");
    const field = event.currentTarget.querySelector<HTMLInputElement>("input[name=displayName]");
    const saved = await run(
      () => client.auth.account.updateProfile.mutate({ displayName: name, locale: language }),
      t("saved"),
      ({ fields, message }) => {
        setError(fields.displayName ?? message);
        field?.focus();
      },
    );
    if (!saved) return;
    if (language !== locale) await setLocale(language);
    router.refresh();
  }

  return (
    <Section title={t("title")} lead={t("lead")}>
      <form onSubmit={submit} noValidate className={classes.form}>
        <TextInput
          name="displayName"
          label={t("name")}
          defaultValue={displayName}
          autoComplete="name"
          error={error}
          onChange={() => setError(undefined)}
        />
        <Radio.Group name="locale" label={t("language")} description={t("languageHelp")} defaultValue={locale}>
          <Radio value="fr" label={common("fr")} mt="xs" />
          <Radio value="en" label={common("en")} mt="xs" />
        </Radio.Group>
        <Button type="submit" loading={busy} w="fit-content">
          {t("save")}
        </Button>
      </form>
    </Section>
  );
}
