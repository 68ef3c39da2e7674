"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import button from "../../../_ui/plain-button/plain-button.module.css";
import { CodeCells } from "../../_visit/code-cells.tsx";
import { Field } from "../../_visit/field.tsx";
import { useFocusNext } from "../../_visit/use-focus-next.ts";
import { keyOf } from "../../_visit/visit-client.ts";
import classes from "./booking.module.css";
import { CheckMark } from "./check-mark.tsx";
import { mailOf } from "./person-fields.tsx";
import type { StepProps } from "./shared.ts";

interface ContactProofProps extends StepProps {
  emailError: string | undefined;
  codeError: string | undefined;
  onEmail: (text: string) => void;
  onSettled: () => void;
}

/** Seconds before another code may be asked for. */
const pause = 60;

/** The address and the code that proves it; the sixth digit sends itself. */
export function ContactProof({ emailError, codeError, onEmail, onSettled, ...props }: ContactProofProps) {
  const { client, draft, change, locale, announce, fail, proofs } = props;
  const t = useTranslations("booking.details");
  const [code, setCode] = useState("");
  const [sending, setSending] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const [wait, setWait] = useState(0);
  const focusNext = useFocusNext();
  const email = mailOf(draft.person.email);
  const sent = draft.sentTo !== "" && draft.sentTo === email;

  useEffect(() => {
    if (wait === 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1_000);
    return () => clearTimeout(timer);
  }, [wait]);

  async function send() {
    if (sending || !/^\S+@\S+\.\S+$/.test(email)) return onEmail(draft.person.email);
    setSending(true);
    setWrong(undefined);
    announce(t("sending"));
    try {
      const ask = { email, locale };
      const answer = await client.booking.requestCode.mutate(ask).catch(async (error: unknown) => {
        // Nothing is held (a group, or the minutes are over): the small sum stands in its place.
        if (keyOf(error) !== "proofNeeded") throw error;
        return client.booking.requestCode.mutate({ ...ask, proof: await proofs.take() });
      });
      change({ sentTo: email, verified: answer.verified });
      setCode("");
      setWait(pause);
      onSettled();
      announce(answer.verified ? t("verified") : t("sentTo", { email }));
      focusNext(() => document.getElementById(answer.verified ? "visit-phone" : "visit-code"));
    } catch (error) {
      fail(error);
    } finally {
      setSending(false);
    }
  }

  async function verify(typed: string) {
    setSending(true);
    setWrong(undefined);
    try {
      await client.booking.verifyCode.mutate({ code: typed });
      change({ verified: true });
      onSettled();
      announce(t("verified"));
      focusNext(() => document.getElementById("visit-phone"));
    } catch (error) {
      const told = fail(error);
      setWrong(told.fields.code ?? told.message);
      setCode("");
      // While it was sent the field was closed, which lets go of the focus.
      focusNext(() => document.getElementById("visit-code"));
    } finally {
      setSending(false);
    }
  }

  return (
    <>
      <div className={classes.mail}>
        <Field
          id="visit-email"
          label={t("email")}
          value={draft.person.email}
          onText={(text) => {
            onEmail(text);
            if (mailOf(text) !== draft.sentTo) change({ verified: false });
          }}
          // Enter asks for the code, where it would otherwise book.
          onKeyDown={(event) => {
            if (event.key !== "Enter" || sent) return;
            event.preventDefault();
            void send();
          }}
          error={emailError}
          type="email"
          autoComplete="email"
          inputMode="email"
          spellCheck={false}
          required
        />
        {!sent && (
          <button type="button" id="visit-send" className={button.secondary} onClick={send} disabled={sending}>
            {sending ? t("sending") : t("sendCode")}
          </button>
        )}
      </div>
      {!sent && codeError && (
        <p className={classes.fault} id="visit-code">
          {codeError}
        </p>
      )}
      {sent && draft.verified && (
        <p className={classes.verified}>
          <CheckMark size={18} />
          {t("verified")}
        </p>
      )}
      {sent && !draft.verified && (
        <div>
          <CodeCells
            id="visit-code"
            label={t("code")}
            hint={t("sentTo", { email })}
            error={wrong ?? codeError}
            value={code}
            onChange={setCode}
            onComplete={verify}
            disabled={sending && code.length === 6}
          />
          <button type="button" className={classes.again} onClick={send} disabled={sending || wait > 0}>
            {wait > 0 ? t("againIn", { seconds: wait }) : t("again")}
          </button>
        </div>
      )}
    </>
  );
}
