"use client";

import { Switch } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ServiceRecord } from "#server/schedule/service/record.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./services.module.css";

interface OnlineSwitchProps {
  service: ServiceRecord;
  /** Reads the list again. */
  onChanged: () => Promise<unknown>;
}

/** Puts a service on the public page or takes it off, from the list: everything else of it stays. */
export function OnlineSwitch({ service, onChanged }: OnlineSwitchProps) {
  const t = useTranslations("services");
  const client = useTRPCClient();
  const toast = useToast();
  const say = useErrorText();
  // What was asked shows at once, until the list says it too.
  const [asked, setAsked] = useState<boolean>();
  const online = asked ?? service.online;

  async function put(to: boolean, onto: number, mayTakeBack = true) {
    const { lastUpdated: _, status, ...card } = service;
    setAsked(to);
    try {
      const change = { ...card, online: to, version: onto, active: status === "active" };
      const { version } = await client.schedule.service.change.mutate(change);
      toast({
        message: t(to ? "nowOnline" : "nowOffline", { name: service.name }),
        of: { [service.id]: version },
        ...(mayTakeBack && { onUndo: () => put(!to, version, false) }),
      });
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
    await onChanged();
    setAsked(undefined);
  }

  return (
    <span className={classes.online}>
      <Switch
        checked={online}
        disabled={asked !== undefined}
        onChange={(event) => void put(event.currentTarget.checked, service.version)}
        aria-label={t("onlineNamed", { name: service.name })}
      />
      <span aria-hidden>{online ? t(`online.${service.audience}`) : t("online.never")}</span>
    </span>
  );
}
