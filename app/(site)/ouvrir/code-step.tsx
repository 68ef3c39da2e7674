"use client";

import { Anchor, Button } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { languageOf } from "../../_i18n/locale.ts";
import { useTRPCClient } from "../../_trpc/client.tsx";
import { type ErrorText, useErrorText } from "../../_trpc/use-error-text.ts";
import { useProof } from "../../_trpc/use-proof.ts";
import { CodeInput } from "../../_ui/code-input/code-input.tsx";
import { ErrorPanel } from "../../_ui/error-panel/error-panel.tsx";
import { useToast } from "../../_ui/toast/toast.tsx";
import { askCode } from "./ask-code.ts";
import { clinicInput } from "./draft.ts";
import classes from "./sign-up.module.css";
import type { StepProps } from "./step-props.ts";

/** The mailed code; its sixth digit opens the clinic. */
export function CodeStep({ draft, change, go, onRefused, onOpened, password }: StepProps & { password: string }) {
  const t = useTranslations("signUp.code");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const proof = useProof();
  const locale = languageOf(useLocale());
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState<"opening" | "sending">();
  const [failure, setFailure] = useState<ErrorText>();
  const { terms, code: sent, clinic, account } = draft;

  async function open(typed: string) {
    if (busy || !terms || !sent) return;
    setBusy("opening");
    setFailure(undefined);
    try {
      const { slug } = await client.signUp.open.mutate({
        clinic: clinicInput(clinic) as Parameters<typeof client.signUp.open.mutate>[0]["clinic"],
        terms: { version: terms.version, locale: terms.locale, receipt: terms.receipt },
        account: { ...account, password },
        secretId: sent.secretId,
        code: typed,
      });
      onOpened(slug);
    } catch (error) {
      const told = say(error);
      setBusy(undefined);
      setCode("");
      setFailure(told);
      if (Object.keys(told.fields).some((path) => path !== "code")) onRefused(told.fields);
    }
  }

  async function sendAgain() {
    if (busy || !sent) return;
    setBusy("sending");
    setFailure(undefined);
    try {
      const fresh = await askCode({ client, proof, email: sent.email, locale, sent: undefined });
      change((before) => ({ ...before, code: fresh }));
      toast({ message: t("sentAgain", { email: sent.email }) });
    } catch (error) {
      setFailure(say(error));
    } finally {
      setBusy(undefined);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void open(code);
  }

  const wrong = failure?.fields.code;
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      {failure && !wrong && <ErrorPanel requestId={failure.requestId}>{failure.message}</ErrorPanel>}
      <CodeInput
        label={t("label")}
        description={t("help")}
        value={code}
        onChange={setCode}
        onComplete={open}
        error={wrong}
        disabled={busy === "opening"}
        autoFocus
      />
      <p className={classes.help}>
        {t("nothing")}{" "}
        <Anchor component="button" type="button" onClick={sendAgain} disabled={busy !== undefined}>
          {t("again")}
        </Anchor>
      </p>
      <div className={classes.acts}>
        <Button type="submit" loading={busy === "opening"}>
          {t("open")}
        </Button>
        <Button variant="subtle" onClick={() => go("compte")}>
          {t("back")}
        </Button>
      </div>
    </form>
  );
}
