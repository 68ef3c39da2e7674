"use client";

import { Button, CopyButton } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TotpEnrolment } from "#server/auth/totp/start-totp.ts";
import { useTRPCClient } from "../_trpc/client.tsx";
import { CodeInput } from "../_ui/code-input/code-input.tsx";
import { Section } from "../_ui/section/section.tsx";
import classes from "./account.module.css";
import { useAct } from "./use-act.ts";

interface TotpEnrolProps {
  enrolment: TotpEnrolment;
  onConfirmed: (recoveryCodes: string[]) => void;
  onCancel: () => void;
}

/** Scan, or type the secret; then one code shows that the application has it. */
export function TotpEnrol({ enrolment, onConfirmed, onCancel }: TotpEnrolProps) {
  const t = useTranslations("account.secondFactor");
  const client = useTRPCClient();
  const { busy, run } = useAct();
  const [code, setCode] = useState("");
  const [error, setError] = useState<string>();

  async function confirm(typed: string) {
    await run(
      async () => onConfirmed((await client.auth.totp.confirm.mutate({ code: typed })).recoveryCodes),
      undefined,
      ({ fields, message }) => setError(fields.code ?? message),
    );
    setCode("");
  }

  return (
    <Section title={t("enrolTitle")} lead={t("enrolLead")}>
      <div className={classes.enrol}>
        {/* biome-ignore lint/performance/noImgElement: an image made on the spot, not a file to optimise. */}
        <img
          className={classes.qr}
          src={`data:image/svg+xml;base64,${btoa(enrolment.qr)}`}
          width={200}
          height={200}
          alt={t("qrAlt")}
        />
        <form
          noValidate
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            void confirm(code);
          }}
        >
          <div>
            <p className={classes.detail}>{t("secretHelp")}</p>
            <p className={classes.secret}>
              <code>{enrolment.secret}</code>
            </p>
            <CopyButton value={enrolment.secret.replaceAll(" ", "")}>
              {({ copied, copy }) => (
                <Button size="sm" variant="subtle" px={0} onClick={copy}>
                  {t(copied ? "copied" : "copySecret")}
                </Button>
              )}
            </CopyButton>
          </div>
          <CodeInput
            label={t("code")}
            description={t("codeHelp")}
            value={code}
            onChange={(typed) => {
              setCode(typed);
              if (typed !== "") setError(undefined);
            }}
            onComplete={confirm}
            error={error}
            disabled={busy}
          />
          <div className={classes.acts}>
            <Button type="submit" loading={busy}>
              {t("confirm")}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {t("cancel")}
            </Button>
          </div>
        </form>
      </div>
    </Section>
  );
}
