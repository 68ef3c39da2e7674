"use client";

import { Button, Select, Switch, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ExceptionRecord } from "#server/schedule/exception/record.ts";
import { type ExceptionReason, exceptionCard, exceptionReasons } from "#server/schedule/exception/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { MinuteInput } from "../../../_ui/minute-input/minute-input.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import { inService, type Known } from "./known.ts";
import { useSpan } from "./use-span.ts";

interface ExceptionFormProps extends Known {
  /** Absent for a new one. */
  exception: ExceptionRecord | undefined;
  onClose: () => void;
  onSaved: () => void;
}

const fields = [
  "reason",
  "resourceId",
  "locationId",
  "title",
  "fromDate",
  "fromMinute",
  "untilDate",
  "untilMinute",
] as const;
type Values = Pick<ExceptionRecord, (typeof fields)[number]>;

const all = "all";
/** Holidays have a list of their own. */
const offered = exceptionReasons.filter((reason) => reason !== "holiday");

/** One leave, closure or day of extra hours. Whose it is, where and why are chosen once. */
export function ExceptionForm({ exception, resources, locations, today, onClose, onSaved }: ExceptionFormProps) {
  const t = useTranslations("hours.exceptions");
  const client = useTRPCClient();
  const toast = useToast();
  const say = useErrorText();
  const span = useSpan();
  const blank: Values = {
    reason: "leave",
    resourceId: inService(resources, "practitioner")[0]?.id ?? null,
    locationId: null,
    title: "",
    fromDate: today,
    fromMinute: 0,
    untilDate: today,
    untilMinute: 1440,
  };
  const start = exception
    ? (Object.fromEntries(fields.map((name) => [name, exception[name]])) as unknown as Values)
    : blank;
  const form = useRecordForm<Values>({
    draft: `exception ${exception?.id ?? "new"}`,
    id: exception?.id,
    schema: exceptionCard,
    start,
    version: exception?.version ?? 1,
    onSaved: () => {
      toast({ message: t("saved") });
      onSaved();
    },
    send: ({ reason, resourceId, locationId, ...rest }, version, id) =>
      exception
        ? client.schedule.exception.change.mutate({ ...rest, id, version })
        : client.schedule.exception.add.mutate({ ...rest, id, reason, resourceId, locationId }),
  });
  const { values, set, errors } = form;
  const labels = {
    reason: t("reason"),
    resourceId: t("who"),
    locationId: t("where"),
    fromDate: t("fromDate"),
    untilDate: t("untilDate"),
    fromMinute: t("fromMinute"),
    untilMinute: t("untilMinute"),
    title: t("note"),
  };
  const whole = values.fromMinute === 0 && values.untilMinute === 1440;
  const somebodys = values.reason === "leave" || values.reason === "extra";
  const people = inService(resources, "practitioner");
  const things = inService(resources, "room", "device");

  /** What goes with the reason, and no more. */
  function because(reason: ExceptionReason) {
    const first = people[0]?.id ?? null;
    if (reason === "leave") return set({ reason, resourceId: values.resourceId ?? first });
    if (reason === "closure") return set({ reason, resourceId: null });
    if (reason !== "extra") return set({ reason });
    const hours = whole ? { fromMinute: 540, untilMinute: 720 } : {};
    const locationId = values.locationId ?? locations.find(({ status }) => status === "active")?.id ?? null;
    set({ reason, resourceId: values.resourceId ?? first, locationId, untilDate: values.fromDate, ...hours });
  }

  async function remove() {
    if (!exception) return;
    try {
      await client.schedule.exception.remove.mutate({ id: exception.id, version: exception.version });
      toast({ message: t("removed") });
      form.startOver();
      onSaved();
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
  }

  return (
    <RecordDrawer
      title={exception ? span(exception) : t("add")}
      verb={t("save")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, (name, from) => String(from[name] ?? ""))}
    >
      <Select
        id="reason"
        label={labels.reason}
        data={(exception ? exceptionReasons : offered).map((value) => ({ value, label: t(`reasons.${value}`) }))}
        value={values.reason}
        onChange={(reason) => reason && because(reason as ExceptionReason)}
        disabled={exception !== undefined}
        data-autofocus={exception ? undefined : true}
      />
      {values.reason !== "closure" && values.reason !== "holiday" && (
        <Select
          id="resourceId"
          label={labels.resourceId}
          data={[
            ...(somebodys ? [] : [{ value: all, label: t("everybody") }]),
            { group: t("people"), items: people.map(({ id, name }) => ({ value: id, label: name })) },
            ...(somebodys
              ? []
              : [{ group: t("things"), items: things.map(({ id, name }) => ({ value: id, label: name })) }]),
          ]}
          value={values.resourceId ?? all}
          onChange={(value) => set({ resourceId: value === all ? null : value })}
          error={errors.resourceId}
          disabled={exception !== undefined}
        />
      )}
      <Select
        id="locationId"
        label={labels.locationId}
        data={[
          ...(values.reason === "extra" ? [] : [{ value: all, label: t("everywhere") }]),
          ...locations
            .filter(({ id, status }) => status === "active" || id === values.locationId)
            .map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={values.locationId ?? all}
        onChange={(value) => set({ locationId: value === all ? null : value })}
        error={errors.locationId}
        disabled={exception !== undefined}
      />
      <div className={classes.pair}>
        <DayInput
          label={labels.fromDate}
          value={values.fromDate}
          onChange={(day) =>
            day &&
            set({
              fromDate: day,
              ...((values.reason === "extra" || values.untilDate < day) && { untilDate: day }),
            })
          }
          error={errors.fromDate}
        />
        {values.reason !== "extra" && (
          <DayInput
            label={labels.untilDate}
            value={values.untilDate}
            onChange={(day) => day && set({ untilDate: day })}
            error={errors.untilDate}
          />
        )}
      </div>
      {values.reason !== "extra" && (
        <Switch
          label={t("wholeDays")}
          checked={whole}
          onChange={(event) =>
            set(
              event.currentTarget.checked
                ? { fromMinute: 0, untilMinute: 1440 }
                : { fromMinute: 480, untilMinute: 1020 },
            )
          }
        />
      )}
      {!whole && (
        <div className={classes.pair}>
          <MinuteInput
            id="fromMinute"
            label={labels.fromMinute}
            value={values.fromMinute}
            onChange={(fromMinute) => set({ fromMinute })}
            error={errors.fromMinute}
          />
          <MinuteInput
            id="untilMinute"
            label={labels.untilMinute}
            value={values.untilMinute}
            onChange={(untilMinute) => set({ untilMinute })}
            error={errors.untilMinute}
          />
        </div>
      )}
      <TextInput
        id="title"
        label={labels.title}
        description={t("noteHelp")}
        value={values.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={errors.title}
        autoComplete="off"
      />
      {exception && (
        <div className={classes.acts}>
          <Button variant="light" color="brique" onClick={() => void remove()}>
            {t("remove")}
          </Button>
        </div>
      )}
    </RecordDrawer>
  );
}
