"use client";

import { Button, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPCClient } from "../_trpc/client.tsx";
import { CodeInput } from "../_ui/code-input/code-input.tsx";
import { Section } from "../_ui/section/section.tsx";
import classes from "./account.module.css";
import { useAct } from "./use-act.ts";

/** Moves the account to another address: a code goes there, a notice stays here. */
export function EmailSection({ email }: { email: string }) {
  const t = useTranslations("account.email");
  const client = useTRPCClient();
  const router = useRouter();
  const { busy, run } = useAct();
  const [sent, setSent] = useState<{ secretId: string; email: string }>();
  const [code, setCode] = useState("");
  const [error, setError] = useState<string>();

  async function ask(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const field = event.currentTarget.querySelector<HTMLInputElement>("input[name=email]");
    const wanted = field?.value ?? "";
    await run(
      async () => {
        const { secretId } = await client.auth.account.askEmailChange.mutate({ email: wanted });
        setSent({ secretId, email: wanted });
      },
      undefined,
      ({ fields, message }) => {
        setError(fields.email ?? message);
        field?.focus();
      },
    );
  }

  async function confirm(typed: string) {
    if (!sent) return;
    const changed = await run(
      () => client.auth.account.changeEmail.mutate({ secretId: sent.secretId, code: typed }),
      t("changed"),
      ({ fields, message }) => setError(fields.code ?? message),
    );
    setCode("");
    if (!changed) return;
    setSent(undefined);
    router.refresh();
  }

  return (
    <Section title={t("title")} lead={t("lead", { email })}>
      {sent ? (
        <form
          noValidate
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            void confirm(code);
          }}
        >
          <CodeInput
            label={t("code")}
            description={t("codeHelp", { email: sent.email })}
            value={code}
            onChange={(typed) => {
              setCode(typed);
              setError(undefined);
            }}
            onComplete={confirm}
            error={error}
            disabled={busy}
            autoFocus
          />
          <div className={classes.acts}>
            <Button type="submit" loading={busy}>
              {t("confirm")}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                setSent(undefined);
                setError(undefined);
              }}
            >
              {t("other")}
            </Button>
          </div>
        </form>
      ) : (
        <form onSubmit={ask} noValidate className={classes.form}>
          <TextInput
            name="email"
            type="email"
            label={t("new")}
            autoComplete="email"
            inputMode="email"
            autoCapitalize="off"
            spellCheck={false}
            error={error}
            onChange={() => setError(undefined)}
          />
          <Button type="submit" variant="default" loading={busy} w="fit-content">
            {t("send")}
          </Button>
        </form>
      )}
    </Section>
  );
}
