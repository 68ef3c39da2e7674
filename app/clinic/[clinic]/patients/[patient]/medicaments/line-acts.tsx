"use client";

import { Button, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import type { MedicationView } from "#server/medication/record.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import classes from "./line-acts.module.css";
import { useRefreshMedications } from "./use-refresh-medications.ts";

interface LineActsProps {
  medication: MedicationView;
  mayWrite: boolean;
  /** It was asked elsewhere that it be stopped: its question is open. */
  stops?: boolean;
  onRenew?: (() => void) | undefined;
  /** Other acts on the same line. */
  children?: ReactNode;
}

/** What is done with a line: renewed, and ended: stopped with a reason, or never so. The same on the summary and where one prescribes. */
export function LineActs({ medication, mayWrite, stops, onRenew, children }: LineActsProps) {
  const t = useTranslations("medications");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const refresh = useRefreshMedications();
  const [asks, setAsks] = useState<"stop" | "error" | undefined>(stops && mayWrite ? "stop" : undefined);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<string>();
  const { id, version, label } = medication;

  async function end(event: FormEvent) {
    event.preventDefault();
    try {
      if (asks === "stop") await client.medication.stop.mutate({ id, version, reason });
      else await client.medication.markInError.mutate({ id, version, reason });
      toast({ message: t(asks === "stop" ? "stopped" : "errorDone") });
      setAsks(undefined);
    } catch (error) {
      setFault(say(error).fields.reason ?? say(error).message);
    }
    await refresh();
  }

  async function resume() {
    try {
      await client.medication.resume.mutate({ id, version });
      toast({ message: t("resumed") });
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
    await refresh();
  }

  // The question first, then what it stands in.
  function onEscape(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    setAsks(undefined);
  }

  if (asks)
    return (
      <form onSubmit={end} onKeyDown={onEscape} className={classes.endForm}>
        <TextInput
          label={asks === "stop" ? `${t("stopTitle", { name: label })} – ${t("stopReason")}` : t("errorReason")}
          value={reason}
          error={fault}
          onChange={(event) => setReason(event.currentTarget.value)}
          autoComplete="off"
          autoFocus
        />
        <Button type="submit" color={asks === "error" ? "brique" : "sapin"}>
          {t(asks === "stop" ? "stop" : "inError")}
        </Button>
        <Button variant="default" onClick={() => setAsks(undefined)}>
          {t("close")}
        </Button>
      </form>
    );
  if (!mayWrite) return children ? <div className={classes.acts}>{children}</div> : null;
  return (
    <div className={classes.acts}>
      {onRenew && (
        <Button size="compact-sm" onClick={onRenew}>
          {t("renew")}
        </Button>
      )}
      {medication.status === "active" ? (
        <Button size="compact-sm" variant="default" onClick={() => setAsks("stop")}>
          {t("stop")}
        </Button>
      ) : (
        <Button size="compact-sm" variant="default" onClick={resume}>
          {t("resume")}
        </Button>
      )}
      {children}
      <Button size="compact-sm" variant="subtle" color="ardoise" onClick={() => setAsks("error")}>
        {t("inError")}
      </Button>
    </div>
  );
}
