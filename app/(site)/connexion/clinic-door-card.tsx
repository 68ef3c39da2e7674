"use client";

import { Button, TextInput } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { doorAddress } from "#server/auth/oidc/schema.ts";
import { JourneyNotice } from "../../_session/journey-notice.tsx";
import { ProviderButton } from "../../_session/provider-button.tsx";
import { TrpcProvider, useTRPCClient } from "../../_trpc/client.tsx";
import { useErrorText } from "../../_trpc/use-error-text.ts";
import { CardNote, CardPage } from "../../_ui/frame/card-page.tsx";
import classes from "./clinic-door.module.css";

interface ClinicDoorProps {
  /** What stands in the address; empty when the person has not said which clinic. */
  typed: string;
  /** The clinic's provider; null when there is none behind that address. */
  door: { slug: string; label: string } | null;
  next: string;
  /** Why somebody came back from the provider with nothing, and the number of that request. */
  refusal?: string;
  requestId?: string;
}

/** Coming in through a clinic's own provider: which clinic, then one button that leads there. */
export function ClinicDoorCard({ typed, door, next, refusal, requestId }: ClinicDoorProps) {
  const t = useTranslations("signIn.clinicDoor");
  const missing = typed !== "" && !door && !refusal;
  return (
    <CardPage
      title={t("title")}
      lead={t(door ? "lead" : "leadWhich")}
      back="/connexion"
      foot={<CardNote icon={<IconInfoCircle />}>{t("note")}</CardNote>}
    >
      <TrpcProvider>
        {refusal && <JourneyNotice refusal={refusal} requestId={requestId} />}
        {door && <GoThere door={door} next={next} />}
        <WhichClinic key={typed} typed={door ? "" : typed} missing={missing} other={door !== null} />
      </TrpcProvider>
    </CardPage>
  );
}

function GoThere({ door, next }: { door: { slug: string; label: string }; next: string }) {
  const t = useTranslations("signIn.clinicDoor");
  const client = useTRPCClient();
  const say = useErrorText();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function go() {
    setBusy(true);
    setError(undefined);
    try {
      const { address } = await client.auth.oidc.startSignIn.mutate({ slug: door.slug, next });
      window.location.assign(address);
    } catch (failure) {
      setError(say(failure).message);
      setBusy(false);
    }
  }

  return (
    <div className={classes.go}>
      <ProviderButton size="lg" onClick={go} loading={busy}>
        {t("continue", { label: door.label })}
      </ProviderButton>
      <p className={classes.error} role="alert" hidden={!error}>
        {error}
      </p>
    </div>
  );
}

/** The clinic's address, typed or pasted from any of its pages. */
function WhichClinic({ typed, missing, other }: { typed: string; missing: boolean; other: boolean }) {
  const t = useTranslations("signIn.clinicDoor");
  const errors = useTranslations("errors.oidc");
  const [error, setError] = useState(missing ? errors("noDoor") : undefined);
  const [open, setOpen] = useState(!other);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const slug = doorAddress.safeParse(String(new FormData(event.currentTarget).get("clinique") ?? ""));
    if (slug.success) return window.location.assign(`/connexion?clinique=${slug.data}`);
    setError(errors("addressForm"));
    event.currentTarget.querySelector("input")?.focus();
  }

  if (!open) {
    return (
      <Button variant="subtle" fullWidth mt="sm" onClick={() => setOpen(true)}>
        {t("other")}
      </Button>
    );
  }
  return (
    <form onSubmit={submit} noValidate className={other ? classes.other : undefined}>
      <TextInput
        name="clinique"
        label={t("address")}
        description={t("addressHelp")}
        defaultValue={typed}
        error={error}
        onChange={() => setError(undefined)}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        autoFocus
      />
      <Button type="submit" variant={other ? "default" : "filled"} fullWidth mt="sm">
        {t("find")}
      </Button>
    </form>
  );
}
