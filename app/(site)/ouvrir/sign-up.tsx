"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { Terms } from "#server/clinic/terms.ts";
import type { HostSettings } from "#server/host/read-settings.ts";
import { languageOf } from "../../_i18n/locale.ts";
import { SignUpFrame } from "../../_ui/frame/sign-up-frame.tsx";
import { SaveState } from "../../_ui/save-state/save-state.tsx";
import { Toasts } from "../../_ui/toast/toasts.tsx";
import { AccountStep } from "./account-step.tsx";
import { ClinicStep } from "./clinic-step.tsx";
import { CodeStep } from "./code-step.tsx";
import { clinicInput } from "./draft.ts";
import { ExistingAccountStep } from "./existing-account-step.tsx";
import { SignUpSummary } from "./sign-up-summary.tsx";
import { TermsStep } from "./terms-step.tsx";
import { useDraft } from "./use-draft.ts";
import { type Step, steps, useStep } from "./use-step.ts";
import { type Refused, valueAt } from "./use-step-form.ts";

export interface Person {
  displayName: string;
  email: string;
}

interface SignUpProps {
  frenchTerms: Terms & { receipt: string };
  host: HostSettings;
  /** Who is signed in: they open one more clinic, without a code. */
  person: Person | null;
  /** "chevet.example/c/" */
  prefix: string;
}

/** Opening a clinic, in four steps; three for who is signed in already. */
export function SignUp({ frenchTerms, host, person, prefix }: SignUpProps) {
  const t = useTranslations("signUp");
  const language = languageOf(useLocale());
  const { draft, change, forget, loaded, status } = useDraft();
  const [password, setPassword] = useState("");
  const [refused, setRefused] = useState<Refused>({});
  const accepted = draft.terms?.version === frenchTerms.version ? draft.terms : undefined;
  const reachable = furthest(
    accepted !== undefined,
    draft.account.email !== "" && password !== "" && draft.code !== undefined,
  );
  const { step, go } = useStep(person && reachable === "code" ? "compte" : reachable);
  const shown = person ? steps.slice(0, 3) : steps;

  function opened(slug: string) {
    forget();
    // A whole page load: the session's cookie has just come, and nothing of this page is needed any more.
    window.location.assign(`/clinic/${slug}`);
  }

  function refuse(fields: Record<string, string>) {
    const sent = { clinic: clinicInput(draft.clinic), account: { ...draft.account, password } };
    const paths = Object.keys(fields);
    setRefused(
      Object.fromEntries(paths.map((path) => [path, { message: fields[path] ?? "", value: valueAt(sent, path) }])),
    );
    if (paths.some((path) => path.startsWith("clinic."))) return go("clinique");
    if (paths.some((path) => path.startsWith("account."))) return go("compte");
  }

  const common = { draft, change, go, refused, onRefused: refuse, onOpened: opened, prefix };
  return (
    <SignUpFrame
      path={t("path")}
      steps={shown.map((name) => t(`steps.${name}`))}
      current={shown.indexOf(step)}
      title={t(`${step}.title`)}
      lead={t(person && step === "compte" ? "compte.signedInLead" : `${step}.lead`, { email: draft.code?.email ?? "" })}
      saved={<SaveState status={status} />}
      withLanguage={accepted !== undefined}
      summary={
        <SignUpSummary
          draft={draft}
          terms={accepted}
          host={host}
          prefix={prefix}
          onReadAgain={() => go("conditions")}
        />
      }
    >
      {step === "conditions" && (
        <TermsStep
          french={frenchTerms}
          accepted={accepted}
          startIn={language}
          onAccept={(terms) => {
            change((before) => ({ ...before, terms }));
            go("clinique");
          }}
        />
      )}
      {step === "clinique" && loaded && <ClinicStep {...common} />}
      {step === "compte" && !person && <AccountStep {...common} password={password} onPassword={setPassword} />}
      {step === "compte" && person && <ExistingAccountStep {...common} person={person} />}
      {step === "code" && <CodeStep {...common} password={password} />}
      <Toasts />
    </SignUpFrame>
  );
}

function furthest(accepted: boolean, codeAsked: boolean): Step {
  if (!accepted) return "conditions";
  return codeAsked ? "code" : "compte";
}
