"use client";

import { ActionIcon, Button, Menu, Modal, Radio, TextInput } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_schedule/book.module.css";
import { stateOf, stepBefore } from "../_schedule/states.tsx";
import { ScopeChoice } from "./move-dialogs.tsx";
import type { Scope } from "./use-mover.ts";
import type { VisitProps } from "./visit-pane.tsx";

/** The less frequent gestures on a visit: presence, reason, room, a step back, an absence, a cancellation, its links, a mistake. */
export function VisitMenu(props: VisitProps) {
  const { agenda, sitting, visit, acts, refresh } = props;
  const t = useTranslations("agenda");
  const client = useTRPCClient();
  const toast = useToast();
  const [asking, setAsking] = useState<"cancel" | "reason" | "error">();
  const state = stateOf(visit);
  const before = stepBefore(state);
  const past = sitting.localDate <= agenda.today;
  const rooms = agenda.resources.filter(({ kind, status }) => kind === "room" && status === "active");
  const inRoom = state === "roomed" || state === "with-professional";

  const confirm = (confirmed: boolean) =>
    acts.attempt(async () => {
      await client.appointment.confirm.mutate({ id: visit.id, version: visit.version, confirmed });
      await refresh();
      toast({ message: t(confirmed ? "told.confirmed" : "told.unconfirmed", { name: visit.name }) });
    });

  const revoke = () =>
    acts.attempt(async () => {
      await client.appointment.revokeLinks.mutate({ id: visit.id });
      toast({ message: t("told.linksRevoked", { name: visit.name }) });
    });

  const sooner = () =>
    acts.attempt(async () => {
      const { waited } = await client.waitlist.addSooner.mutate({ id: crypto.randomUUID(), appointmentId: visit.id });
      toast({ message: t(waited ? "told.soonerAlready" : "told.sooner", { name: visit.name }) });
    });

  const restore = () =>
    acts.attempt(async () => {
      await client.appointment.restore.mutate({ id: visit.id, version: visit.version });
      await refresh();
      toast({ message: t("told.restored", { name: visit.name }) });
    });

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t("moreOf", { name: visit.name })} data-square>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {state === "expected" && (
            <Menu.Item onClick={() => confirm(!visit.confirmedAt)}>
              {t(visit.confirmedAt ? "acts.unconfirm" : "acts.confirm")}
            </Menu.Item>
          )}
          {state === "expected" && sitting.kind === "visit" && sitting.localDate > agenda.today && (
            <Menu.Item onClick={sooner}>{t("acts.sooner")}</Menu.Item>
          )}
          <Menu.Item onClick={() => setAsking("reason")}>{t("acts.reason")}</Menu.Item>
          {(inRoom || state === "arrived") && rooms.length > 0 && (
            <>
              <Menu.Label>{t(inRoom ? "acts.otherRoom" : "acts.toRoom")}</Menu.Label>
              {rooms.map((room) => (
                <Menu.Item
                  key={room.id}
                  disabled={room.id === visit.roomId}
                  onClick={() => acts.advance(visit, inRoom ? (state as "roomed") : "roomed", room.id)}
                >
                  {room.name}
                </Menu.Item>
              ))}
              <Menu.Divider />
            </>
          )}
          {before && state !== "cancelled" && (
            <Menu.Item onClick={() => acts.advance(visit, before)}>
              {t("acts.back", { state: t(`states.${before}`) })}
            </Menu.Item>
          )}
          {state === "expected" && past && (
            <Menu.Item onClick={() => acts.advance(visit, "noshow")}>{t("acts.noshow")}</Menu.Item>
          )}
          {state === "cancelled" && <Menu.Item onClick={restore}>{t("acts.restore")}</Menu.Item>}
          {(state === "expected" || state === "arrived" || state === "noshow") && (
            <Menu.Item color="brique" onClick={() => setAsking("cancel")}>
              {t("acts.cancel")}
            </Menu.Item>
          )}
          {state === "expected" && <Menu.Item onClick={revoke}>{t("acts.revokeLinks")}</Menu.Item>}
          <Menu.Item color="brique" onClick={() => setAsking("error")}>
            {t("acts.error")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <Modal opened onClose={() => setAsking(undefined)} title={t(`asks.${asking}`, { name: visit.name })} size={460}>
          {asking === "cancel" ? (
            <Cancel {...props} onDone={() => setAsking(undefined)} />
          ) : (
            <Sentence {...props} asking={asking} onDone={() => setAsking(undefined)} />
          )}
        </Modal>
      )}
    </>
  );
}

type Asking = VisitProps & { onDone: () => void };

/** Who cancels, why, and how much of a series. */
function Cancel({ sitting, visit, acts, refresh, onDone }: Asking) {
  const t = useTranslations("agenda");
  const common = useTranslations("common");
  const client = useTRPCClient();
  const toast = useToast();
  const [by, setBy] = useState<"patient" | "clinic">("patient");
  const [reason, setReason] = useState("");
  const [scope, setScope] = useState<Scope>("this");

  function submit(event: FormEvent) {
    event.preventDefault();
    onDone();
    void acts.attempt(async () => {
      const { id, version } = visit;
      const off = await client.appointment.cancel.mutate({ id, version, by, reason, scope });
      await refresh();
      toast({
        message: t("told.cancelled", { name: visit.name }),
        of: Object.fromEntries(off.appointments.map((one) => [one.id, one.version])),
        onUndo: () =>
          acts.attempt(async () => {
            for (const one of off.appointments) await client.appointment.restore.mutate(one);
            await refresh();
          }),
      });
    });
  }

  return (
    <form onSubmit={submit} className={classes.form}>
      <Radio.Group label={t("asks.by")} value={by} onChange={(value) => setBy(value as "patient")}>
        <div className={classes.choices}>
          <Radio value="patient" label={t("asks.patient")} data-autofocus />
          <Radio value="clinic" label={t("asks.clinic")} />
        </div>
      </Radio.Group>
      {sitting.seriesId && <ScopeChoice value={scope} onChange={setScope} />}
      <TextInput
        label={t("asks.why")}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={300}
        autoComplete="off"
      />
      <div className={classes.acts}>
        <Button type="submit" color="brique">
          {t("acts.cancel")}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {common("cancel")}
        </Button>
      </div>
    </form>
  );
}

/** One sentence to write: why the person comes, or why the visit should never have been there. */
function Sentence({ visit, acts, refresh, onDone, asking }: Asking & { asking: "reason" | "error" }) {
  const t = useTranslations("agenda");
  const common = useTranslations("common");
  const client = useTRPCClient();
  const toast = useToast();
  const [text, setText] = useState(asking === "reason" ? visit.reason : "");
  const [tried, setTried] = useState(false);
  const missing = asking === "error" && text.trim() === "";

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (missing) return;
    onDone();
    void acts.attempt(async () => {
      const ref = { id: visit.id, version: visit.version, reason: text };
      if (asking === "reason") await client.appointment.changeReason.mutate(ref);
      else await client.appointment.enteredInError.mutate(ref);
      await refresh();
      toast({ message: t(asking === "reason" ? "told.reason" : "told.error", { name: visit.name }) });
    });
  }

  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <TextInput
        label={t(asking === "reason" ? "book.reason" : "asks.mistake")}
        description={t(asking === "reason" ? "book.reasonHelp" : "asks.mistakeHelp")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={tried && missing ? t("asks.needWhy") : undefined}
        maxLength={asking === "reason" ? 500 : 300}
        autoComplete="off"
        data-autofocus
      />
      <div className={classes.acts}>
        <Button type="submit" color={asking === "error" ? "brique" : undefined}>
          {t(asking === "reason" ? "asks.save" : "acts.error")}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {common("cancel")}
        </Button>
      </div>
    </form>
  );
}
