"use client";

import { Alert, Button, Drawer, NumberInput, Select, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useMemo, useState } from "react";
import { v7 } from "uuid";
import type { ServiceView, SlotView } from "#server/appointment/record.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { useFocusBack } from "../../../_ui/focus/use-focus-back.ts";
import { ErrorSummary } from "../../../_ui/form/error-summary.tsx";
import { namedErrors } from "../../../_ui/form/named-errors.ts";
import { MinuteInput } from "../../../_ui/minute-input/minute-input.tsx";
import classes from "./book.module.css";
import { BookSeries, type Series } from "./book-series.tsx";
import { BookSlots } from "./book-slots.tsx";
import { BookVerdict } from "./book-verdict.tsx";
import { PatientPicker, type Person } from "./patient-picker.tsx";
import { registerPerson } from "./register-person.ts";
import type { NamedAgenda } from "./use-agenda-words.ts";
import { useAgendaWords } from "./use-agenda-words.ts";

/** What is known already when somebody begins to book. */
export interface BookStart {
  readonly date?: string;
  readonly minute?: number;
  readonly resourceId?: string;
  readonly locationId?: string;
  readonly person?: Person;
  /** Here and now, without having been expected. */
  readonly walkIn?: boolean;
}

interface BookDrawerProps {
  agenda: NamedAgenda;
  start: BookStart;
  mayRegister: boolean;
  mayForce: boolean;
  onClose: () => void;
  /** What was booked, for the toast and its undo. */
  onBooked: (booked: {
    id: string;
    version: number;
    name: string;
    date: string;
    minute: number;
    series: boolean;
  }) => unknown;
}

/** A new appointment beside the agenda: who, which service, when; why not, and which times are free instead. */
export function BookDrawer({ agenda, start, ...props }: BookDrawerProps) {
  const t = useTranslations("agenda.book");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const say = useErrorText();
  const words = useAgendaWords(agenda);
  useFocusBack();
  const [ids] = useState(() => ({ appointment: v7(), sitting: v7(), patient: v7() }));
  const services = useMemo(() => agenda.services.filter(({ status }) => status === "active"), [agenda.services]);
  const places = agenda.locations.filter(({ status }) => status === "active");
  const [person, setPerson] = useState<Person | null>(start.person ?? null);
  const [serviceId, setServiceId] = useState(() => firstService(services, start.resourceId)?.id ?? null);
  const service = services.find(({ id }) => id === serviceId);
  const [resourceId, setResourceId] = useState(() =>
    service?.resourceIds.includes(start.resourceId ?? "") ? (start.resourceId ?? null) : null,
  );
  const [locationId, setLocationId] = useState(start.locationId ?? places[0]?.id ?? null);
  const [date, setDate] = useState<string | null>(start.date ?? agenda.today);
  // −1: none yet, or not one that can be read.
  const [time, setTime] = useState(start.minute ?? -1);
  const [duration, setDuration] = useState<number | null>(null);
  const [mode, setMode] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [series, setSeries] = useState<Series>();
  // Who walks in is seen between two others: the reason is known.
  const [forcing, setForcing] = useState(Boolean(start.walkIn && props.mayForce));
  const [why, setWhy] = useState(start.walkIn ? t("walkInTitle") : "");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [attempt, setAttempt] = useState(0);
  const [failure, setFailure] = useState<string>();
  const [refusedDates, setRefusedDates] = useState<readonly { date: string; minute: number }[]>([]);
  const [busy, setBusy] = useState(false);

  const minute = time >= 0 && time < 1440 ? time : null;
  const group = (service?.capacity ?? 1) > 1;
  const slots = useQuery({
    ...trpc.appointment.slots.queryOptions({
      serviceId: serviceId ?? "",
      from: date ?? "",
      until: date ?? "",
      ...(resourceId && { resourceIds: [resourceId] }),
      ...(locationId && { locationIds: [locationId] }),
      limit: 200,
    }),
    enabled: Boolean(serviceId && date),
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
  const times = useMemo(() => firstOfEach(slots.data ?? []), [slots.data]);
  const wish = { serviceId, locationId, date, minute, resourceId, duration };
  const [asked] = useDebouncedValue(wish, 150);
  const verdict = useQuery({
    ...trpc.appointment.explain.queryOptions({
      serviceId: asked.serviceId ?? "",
      locationId: asked.locationId ?? "",
      date: asked.date ?? "",
      minute: asked.minute ?? 0,
      ...(asked.resourceId && { resourceId: asked.resourceId }),
      ...(asked.duration && { durationMinutes: asked.duration }),
    }),
    enabled: Boolean(asked.serviceId && asked.locationId && asked.date && asked.minute !== null && !group),
    staleTime: 5_000,
    retry: false,
  });
  const answer = !group && minute !== null && JSON.stringify(asked) === JSON.stringify(wish) ? verdict.data : undefined;
  const forced = forcing && answer !== undefined && !answer.free;
  const seat = group ? times.find((slot) => slot.minute === minute) : undefined;

  function take({ date: day, minute: at, resourceId: who, locationId: where }: SlotView) {
    setDate(day);
    setTime(at);
    setLocationId(where);
    if (resourceId || !group) setResourceId(who);
    setForcing(Boolean(start.walkIn && props.mayForce));
  }

  function check(): Record<string, string> {
    const missing: Record<string, string> = {};
    if (!person) missing.patient = t("needPatient");
    if (person && !person.known && !person.familyName.trim()) missing.familyName = t("needName");
    if (person && !person.known && !person.givenName.trim()) missing.givenName = t("needName");
    if (!serviceId) missing.service = t("needService");
    if (!date) missing.date = t("needDate");
    if (minute === null) missing.time = t("needTime");
    if (group && minute !== null && !seat) missing.time = t("needSitting");
    if (forced && [...why.trim()].length < 3) missing.why = t("needWhy");
    return missing;
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const missing = check();
    setErrors(missing);
    setAttempt((before) => before + 1);
    setFailure(undefined);
    setRefusedDates([]);
    if (Object.keys(missing).length > 0 || !person || !serviceId || !locationId || !date || minute === null) return;
    setBusy(true);
    try {
      const patient = await registerPerson(client, person, ids.patient);
      // Registered: whatever refuses the booking now, the record is not asked for again.
      if (!person.known) setPerson({ known: true, ...patient });
      const booked = seat?.sittingId
        ? await client.appointment.join.mutate({
            id: ids.appointment,
            sittingId: seat.sittingId,
            patientId: patient.id,
            reason,
          })
        : await client.appointment.book.mutate({
            id: ids.appointment,
            sittingId: ids.sitting,
            patientId: patient.id,
            serviceId,
            locationId,
            date,
            minute,
            ...(resourceId && { resourceId }),
            ...(duration && { durationMinutes: duration }),
            ...(mode && { mode: mode as "phone" }),
            reason,
            source: start.walkIn ? "walk-in" : "staff",
            ...(forced && { overbookReason: why }),
            ...(series && { series }),
          });
      // A walk-in is here already.
      const arrived = start.walkIn
        ? await client.appointment.advance.mutate({ id: ids.appointment, version: booked.version, to: "arrived" })
        : booked;
      await props.onBooked({
        id: ids.appointment,
        version: arrived.version,
        name: patient.name,
        date,
        minute,
        series: Boolean(series),
      });
      props.onClose();
    } catch (error) {
      const { message, fields, details } = say(error);
      setErrors(fields);
      setFailure(Object.keys(fields).length > 0 ? undefined : message);
      setRefusedDates((details.dates as typeof refusedDates | undefined) ?? []);
      void verdict.refetch();
      void slots.refetch();
    } finally {
      setBusy(false);
    }
  }

  const labels = {
    patient: t("patient"),
    givenName: t("patient"),
    familyName: t("patient"),
    service: t("service"),
    date: t("date"),
    time: t("time"),
    why: t("why"),
  };
  const leads = agenda.resources.filter(({ id, status }) => status === "active" && service?.resourceIds.includes(id));

  return (
    <Drawer
      opened
      onClose={props.onClose}
      title={t(start.walkIn ? "walkInTitle" : "title")}
      position="right"
      size={500}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form onSubmit={submit} noValidate className={classes.form}>
        <ErrorSummary errors={namedErrors(errors, labels)} attempt={attempt} />
        {failure && (
          <Alert color="brique" role="alert">
            {failure}
            {refusedDates.length > 0 && (
              <ul className={classes.dates}>
                {refusedDates.map((one) => (
                  <li key={`${one.date} ${one.minute}`}>
                    {words.date(one.date)}, {words.minute(one.minute)}
                  </li>
                ))}
              </ul>
            )}
          </Alert>
        )}
        <PatientPicker value={person} onChange={setPerson} mayRegister={props.mayRegister} errors={errors} />
        <div className={classes.pair}>
          <Select
            id="service"
            label={t("service")}
            data={services.map(({ id }) => ({ value: id, label: words.service(id) }))}
            value={serviceId}
            onChange={(id) => {
              setServiceId(id);
              setDuration(null);
              const next = services.find((one) => one.id === id);
              if (resourceId && !next?.resourceIds.includes(resourceId)) setResourceId(null);
            }}
            searchable
            allowDeselect={false}
            error={errors.service}
            nothingFoundMessage={t("noService")}
          />
          <Select
            id="with"
            label={t("with")}
            data={[{ value: "", label: t("anyone") }, ...leads.map(({ id, name }) => ({ value: id, label: name }))]}
            value={resourceId ?? ""}
            onChange={(id) => setResourceId(id || null)}
            allowDeselect={false}
          />
          <DayInput label={t("date")} value={date} onChange={setDate} min={agenda.today} error={errors.date} />
          <MinuteInput
            id="time"
            label={t("time")}
            value={time}
            onChange={setTime}
            placeholder={words.minute(620)}
            error={errors.time}
          />
          {places.length > 1 && (
            <Select
              id="location"
              label={t("location")}
              data={places.map(({ id, name }) => ({ value: id, label: name }))}
              value={locationId}
              onChange={setLocationId}
              allowDeselect={false}
            />
          )}
        </div>
        {serviceId && date && (
          <BookSlots
            wish={{ serviceId, date, resourceId }}
            times={slots.data && times}
            group={group}
            minute={minute}
            onTake={take}
            words={words}
          />
        )}
        <BookVerdict
          answer={answer}
          locationId={locationId}
          onTake={take}
          words={words}
          force={props.mayForce ? { forcing, onForcing: setForcing, why, onWhy: setWhy, error: errors.why } : undefined}
        />
        <Textarea
          id="reason"
          label={t("reason")}
          description={t("reasonHelp")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          autosize
          minRows={1}
          maxRows={4}
        />
        {!group && (
          <div className={classes.pair}>
            <NumberInput
              id="duration"
              label={t("duration")}
              value={duration ?? service?.durationMinutes ?? ""}
              onChange={(value) => setDuration(typeof value === "number" ? value : null)}
              min={5}
              max={720}
              step={5}
              suffix={t("minutesSuffix")}
              allowDecimal={false}
            />
            {(service?.modes.length ?? 0) > 1 && (
              <Select
                id="mode"
                label={t("mode")}
                data={(service?.modes ?? []).map((value) => ({ value, label: t(`modes.${value}`) }))}
                value={mode ?? service?.modes[0] ?? null}
                onChange={setMode}
                allowDeselect={false}
              />
            )}
          </div>
        )}
        {!group && !start.walkIn && <BookSeries value={series} onChange={setSeries} />}
        <div className={classes.acts}>
          <Button type="submit" loading={busy}>
            {t(start.walkIn ? "registerWalkIn" : "verb")}
          </Button>
          <Button variant="subtle" onClick={props.onClose}>
            {common("cancel")}
          </Button>
        </div>
      </form>
    </Drawer>
  );
}

/** The first that the column's owner leads, else the only one there is. */
function firstService(services: readonly ServiceView[], resourceId: string | undefined): ServiceView | undefined {
  const led = services.find(({ resourceIds }) => resourceId && resourceIds.includes(resourceId));
  return led ?? (services.length === 1 ? services[0] : undefined);
}

/** One button for each time, whoever is free then. */
function firstOfEach(slots: readonly SlotView[]): SlotView[] {
  const seen = new Map<string, SlotView>();
  for (const slot of slots) if (!seen.has(slot.startsAt)) seen.set(slot.startsAt, slot);
  return [...seen.values()];
}
