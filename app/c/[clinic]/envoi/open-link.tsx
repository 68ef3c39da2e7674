"use client";

import { Button } from "@mantine/core";
import { IconCheck, IconDownload, IconLock, IconPhone } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, useCallback, useEffect, useMemo, useState } from "react";
import type { LinkDoor, OpenedLink } from "#server/communication/link/visitor.ts";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { CodeInput } from "../../../_ui/code-input/code-input.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { CardNote, CardPage } from "../../../_ui/frame/card-page.tsx";
import { keyOf, makeVisitClient } from "../../_visit/visit-client.ts";
import { visitToken } from "../../_visit/visit-token.ts";
import classes from "./open-link.module.css";

type Stage =
  | { at: "opening" }
  | { at: "dead" }
  | { at: "code"; door: LinkDoor }
  | { at: "open"; door: LinkDoor; opened: OpenedLink };

/** A document that was sent: the code, then the list, then each file by itself. Nothing of it stays in the page once it is left. */
export function OpenLink({ slug }: { slug: string }) {
  const t = useTranslations("sending.link");
  const say = useErrorText();
  const client = useMemo(() => makeVisitClient(slug), [slug]);
  const [stage, setStage] = useState<Stage>({ at: "opening" });
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  const knock = useCallback(async () => {
    const token = location.hash.slice(1);
    const isToken = /^[\w-]{43}$/.test(token);
    visitToken.keep(isToken ? token : undefined);
    if (!isToken) return setStage({ at: "dead" });
    try {
      setStage({ at: "code", door: await client.communication.link.query() });
    } catch (error) {
      if (isDead(error)) setStage({ at: "dead" });
      else setFailure(say(error).message);
    }
  }, [client, say]);

  // What opens it is known to the browser alone, and changes when another link is pasted.
  useEffect(() => {
    const open = () => void knock();
    open();
    addEventListener("hashchange", open);
    return () => removeEventListener("hashchange", open);
  }, [knock]);

  async function open(digits: string) {
    if (busy || stage.at !== "code") return;
    setBusy(true);
    setWrong(undefined);
    setFailure(undefined);
    try {
      const opened = await client.communication.openLink.mutate({ code: digits });
      setStage({ at: "open", door: stage.door, opened });
    } catch (error) {
      setCode("");
      const told = say(error);
      if (told.fields.code) setWrong(told.fields.code);
      else if (keyOf(error) === "communication.spent") setStage({ at: "code", door: { ...stage.door, spent: true } });
      else if (isDead(error)) setStage({ at: "dead" });
      else setFailure(told.message);
    }
    setBusy(false);
  }

  if (stage.at === "opening")
    return (
      <CardPage title={t("title")} lead={failure ? undefined : t("opening")}>
        {failure && <ErrorPanel onRetry={() => void knock()}>{failure}</ErrorPanel>}
      </CardPage>
    );
  if (stage.at === "dead") return <CardPage title={t("dead")} lead={t("deadLead")} />;
  const { door } = stage;
  const call = door.phone !== "" && (
    <Button
      component="a"
      href={`tel:${door.phone.split(";")[0]}`}
      variant="default"
      fullWidth
      leftSection={<IconPhone size={18} aria-hidden />}
    >
      {t("call", { phone: sayPhone(door.phone) })}
    </Button>
  );
  if (stage.at === "open")
    return (
      <CardPage title={t("opened", { count: stage.opened.documents.length })} lead={t("openedLead")}>
        <ul className={classes.documents}>
          {stage.opened.documents.map((one) => (
            <SentDocument
              key={one.id}
              slug={slug}
              one={one}
              access={stage.opened.access}
              onShut={() => {
                setStage({ at: "code", door });
                setFailure(t("shut"));
              }}
            />
          ))}
        </ul>
      </CardPage>
    );
  if (door.spent)
    return (
      <CardPage title={t("spent")} lead={t("spentLead")}>
        {call}
      </CardPage>
    );
  return (
    <CardPage title={t("title")} lead={t("lead", { clinic: door.clinicName })}>
      <form
        className={classes.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void open(code);
        }}
      >
        {failure && <ErrorPanel>{failure}</ErrorPanel>}
        <CodeInput
          label={t("code")}
          value={code}
          error={wrong}
          onChange={(next) => {
            setCode(next);
            setWrong(undefined);
          }}
          onComplete={(whole) => void open(whole)}
          autoFocus
        />
        <Button type="submit" fullWidth loading={busy}>
          {t("open")}
        </Button>
        {call}
        <CardNote icon={<IconLock />}>{t("private")}</CardNote>
      </form>
    </CardPage>
  );
}

/** No such link; or a clinic that shows no page, where nothing else is answered either. */
const isDead = (error: unknown) => ["communication.noLink", "notFound"].includes(keyOf(error) ?? "");

interface SentDocumentProps {
  slug: string;
  one: OpenedLink["documents"][number];
  access: string;
  onShut: () => void;
}

function SentDocument({ slug, one, access, onShut }: SentDocumentProps) {
  const t = useTranslations("sending.link");
  const errors = useTranslations("errors");
  const format = useFormatter();
  const [state, setState] = useState<"ready" | "busy" | "done" | "failed">("ready");
  const megabytes = one.sizeBytes / 1_048_576;
  const size =
    megabytes < 0.1
      ? format.number(Math.max(1, Math.round(one.sizeBytes / 1024)), { style: "unit", unit: "kilobyte" })
      : format.number(megabytes, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });

  async function take() {
    setState("busy");
    try {
      const answer = await fetch(`/api/c/${slug}/envoi/${one.id}`, {
        headers: { ...visitToken.header(), "x-chevet-access": access },
        referrerPolicy: "no-referrer",
        cache: "no-store",
      });
      if (answer.status === 404) return onShut();
      if (!answer.ok) return setState("failed");
      const address = URL.createObjectURL(await answer.blob());
      const link = document.createElement("a");
      link.href = address;
      link.download = nameOf(answer.headers.get("content-disposition")) ?? one.fileName;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      setState("done");
    } catch {
      setState("failed");
    }
  }

  return (
    <li className={classes.document}>
      <span>
        <strong>{one.title || one.fileName}</strong>
        <span className={classes.quiet}>{size}</span>
        {state === "failed" && (
          <span className={classes.failed} role="alert">
            {errors("network")}
          </span>
        )}
      </span>
      <Button
        variant={state === "done" ? "default" : "filled"}
        loading={state === "busy"}
        leftSection={state === "done" ? <IconCheck size={18} aria-hidden /> : <IconDownload size={18} aria-hidden />}
        onClick={() => void take()}
      >
        {t(state === "done" ? "saved" : "download")}
      </Button>
    </li>
  );
}

/** The name that the server gives, from `filename*=UTF-8''…` (RFC 6266). */
function nameOf(header: string | null): string | undefined {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(header ?? "") ?? [];
  return encoded && decodeURIComponent(encoded);
}

/** « 418 555-0142 », as numbers of here are written. */
function sayPhone(kept: string): string {
  const [, area, first, last] = /^\+1(\d{3})(\d{3})(\d{4})/.exec(kept) ?? [];
  return area ? `${area} ${first}-${last}` : kept;
}
