"use client";

import { Alert, Button, Drawer, Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v7 } from "uuid";
import type { Reason } from "#server/appointment/record.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { useFocusBack } from "../../../_ui/focus/use-focus-back.ts";
import { MinuteInput } from "../../../_ui/minute-input/minute-input.tsx";
import classes from "../_schedule/book.module.css";
import { Reasons } from "../_schedule/reasons.tsx";
import { type NamedAgenda, useAgendaWords } from "../_schedule/use-agenda-words.ts";

interface BlockDrawerProps {
  agenda: NamedAgenda;
  start: { date: string; minute: number; resourceId: string | undefined; locationId: string | undefined };
  onClose: () => void;
  onBlocked: (blocked: { id: string; version: number; title: string }) => unknown;
}

/** Time that nobody can book: a meeting, calls, an errand. */
export function BlockDrawer({ agenda, start, onClose, onBlocked }: BlockDrawerProps) {
  const t = useTranslations("agenda.block");
  const common = useTranslations("common");
  const client = useTRPCClient();
  const say = useErrorText();
  const words = useAgendaWords(agenda);
  useFocusBack();
  const [id] = useState(() => v7());
  const resources = agenda.resources.filter(({ status }) => status === "active");
  const places = agenda.locations.filter(({ status }) => status === "active");
  const [title, setTitle] = useState("");
  const [resourceId, setResourceId] = useState(start.resourceId ?? resources[0]?.id ?? null);
  const [locationId, setLocationId] = useState(start.locationId ?? places[0]?.id ?? null);
  const [date, setDate] = useState<string | null>(start.date);
  const [from, setFrom] = useState(start.minute);
  const [until, setUntil] = useState(Math.min(start.minute + 60, 1435));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<{ message: string; reasons: readonly Reason[] }>();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const missing: Record<string, string> = {};
    if (!date) missing.date = t("needDate");
    if (from < 0) missing.from = t("needTime");
    if (until < 0 || (from >= 0 && until - from < 5)) missing.until = t("needUntil");
    setErrors(missing);
    setFailure(undefined);
    if (busy || Object.keys(missing).length > 0 || !date) return;
    if (!resourceId || !locationId) return;
    setBusy(true);
    try {
      const durationMinutes = until - from;
      const made = await client.appointment.block.mutate({
        id,
        resourceId,
        locationId,
        date,
        minute: from,
        durationMinutes,
        title,
      });
      await onBlocked({ id, version: made.version, title: title || t("untitled") });
      onClose();
    } catch (error) {
      const { message, fields, details } = say(error);
      setErrors(fields);
      setFailure({ message, reasons: (details.reasons as Reason[] | undefined) ?? [] });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Drawer
      opened
      onClose={onClose}
      title={t("title")}
      position="right"
      size={420}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form onSubmit={submit} noValidate className={classes.form}>
        {failure && (
          <Alert color="brique" role="alert">
            {failure.message}
            <Reasons reasons={failure.reasons} words={words} locationId={locationId ?? undefined} />
          </Alert>
        )}
        <TextInput
          label={t("why")}
          description={t("whyHelp")}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          maxLength={200}
          autoComplete="off"
          data-autofocus
        />
        <Select
          label={t("who")}
          data={resources.map((resource) => ({ value: resource.id, label: resource.name }))}
          value={resourceId}
          onChange={setResourceId}
          allowDeselect={false}
          searchable
        />
        <DayInput label={t("date")} value={date} onChange={setDate} min={agenda.today} error={errors.date} />
        <div className={classes.pair}>
          <MinuteInput label={t("from")} value={from} onChange={setFrom} error={errors.from} />
          <MinuteInput label={t("until")} value={until} onChange={setUntil} error={errors.until} />
        </div>
        {places.length > 1 && (
          <Select
            label={t("location")}
            data={places.map((place) => ({ value: place.id, label: place.name }))}
            value={locationId}
            onChange={setLocationId}
            allowDeselect={false}
          />
        )}
        <div className={classes.acts}>
          <Button type="submit" loading={busy}>
            {t("verb")}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {common("cancel")}
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
