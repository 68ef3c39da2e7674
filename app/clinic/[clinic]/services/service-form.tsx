"use client";

import { Button, Checkbox, NumberInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ResourceRecord } from "#server/schedule/resource/list-resources.ts";
import type { ServiceRecord } from "#server/schedule/service/record.ts";
import { type ServiceCard, type ServiceMode, serviceCard, serviceModes } from "#server/schedule/service/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";
import record from "../_record/record.module.css";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import { BookingFields } from "./booking-fields.tsx";
import { ColorField } from "./color-field.tsx";
import { NeedsField } from "./needs-field.tsx";
import { ServicePreview } from "./service-preview.tsx";
import { newService, sayField, serviceLabels } from "./service-words.ts";
import classes from "./services.module.css";

export type ServiceValues = ServiceCard & { status: "active" | "inactive" };

/** What every group of fields is given. */
export interface ServiceFields {
  values: ServiceValues;
  set: (edit: Partial<ServiceValues>) => void;
  errors: Record<string, string>;
  labels: Record<keyof ServiceValues, string>;
}

interface ServiceFormProps {
  /** Absent for a new one. */
  service: ServiceRecord | undefined;
  resources: readonly ResourceRecord[];
  /** Where a new one stands in the list. */
  rank: number;
  /** A code was made: it is shown this once. */
  onCode: (code: string) => void;
  onClose: () => void;
  onSaved: () => void;
}

const steps = [5, 10, 15, 20, 30, 60];

/** One service with all that decides how it is booked, and beside it what the public will read. */
export function ServiceForm({ service, resources, rank, onCode, onClose, onSaved }: ServiceFormProps) {
  const t = useTranslations("services");
  const client = useTRPCClient();
  const toast = useToast();
  const say = useErrorText();
  const {
    id: _,
    version = 1,
    lastUpdated: __,
    ...card
  } = service ?? { ...newService(resources, rank), id: "", lastUpdated: null };
  const form = useRecordForm<ServiceValues>({
    draft: `service ${service?.id ?? "new"}`,
    id: service?.id,
    schema: serviceCard,
    start: card,
    version,
    onSaved: () => {
      toast({ message: t(service ? "saved" : "added") });
      onSaved();
    },
    send: async ({ status, ...values }, onto, id) => {
      const answer = service
        ? await client.schedule.service.change.mutate({ ...values, id, version: onto, active: status === "active" })
        : await client.schedule.service.add.mutate({ ...values, id });
      if (answer.code) onCode(answer.code);
      return answer;
    },
  });
  const { values, set, errors } = form;
  const labels = serviceLabels(t);
  const names = new Map(resources.map(({ id, name }) => [id, name]));
  const text = (
    name: "name" | "nameEn" | "description" | "descriptionEn" | "preparation" | "preparationEn" | "videoLink",
  ) => ({
    id: name,
    label: labels[name],
    value: values[name],
    error: errors[name],
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  const minutes = (name: "durationMinutes" | "bufferBeforeMinutes" | "bufferAfterMinutes" | "capacity") => ({
    id: name,
    label: labels[name],
    value: values[name],
    error: errors[name],
    min: 0,
    onChange: (value: string | number) => set({ [name]: value === "" ? null : Number(value) }),
  });
  const long = { autosize: true, minRows: 2, maxRows: 8, size: "sm" as const };

  async function renewCode() {
    if (!service) return;
    try {
      const { code } = await client.schedule.service.renewCode.mutate({ id: service.id, version });
      onCode(code);
      onSaved();
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
  }
  const untouched = service !== undefined && JSON.stringify(values) === JSON.stringify(card);

  return (
    <RecordDrawer
      title={service?.name ?? t("add")}
      verb={t(service ? "save" : "add")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, (name, from) => sayField(t, names, name, from))}
      size={1040}
      aside={<ServicePreview values={values} />}
    >
      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t("parts.public")}</legend>
        <div className={record.pair}>
          <TextInput {...text("name")} data-autofocus />
          <TextInput {...text("nameEn")} />
        </div>
        <div className={record.pair}>
          <Textarea {...text("description")} {...long} />
          <Textarea {...text("descriptionEn")} {...long} />
        </div>
        <ColorField value={values.color} onChange={(color) => set({ color })} />
      </fieldset>

      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t("parts.time")}</legend>
        <div className={record.pair}>
          <NumberInput {...minutes("durationMinutes")} step={5} suffix={`\u00a0min`} />
          <Select
            id="stepMinutes"
            label={labels.stepMinutes}
            data={[...new Set([...steps, values.stepMinutes])]
              .sort((a, b) => a - b)
              .map((n) => ({ value: String(n), label: t("minutes", { minutes: n }) }))}
            value={String(values.stepMinutes)}
            onChange={(step) => step && set({ stepMinutes: Number(step) })}
            error={errors.stepMinutes}
          />
          <NumberInput {...minutes("bufferBeforeMinutes")} step={5} suffix={`\u00a0min`} />
          <NumberInput {...minutes("bufferAfterMinutes")} step={5} suffix={`\u00a0min`} />
        </div>
      </fieldset>

      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t("parts.needs")}</legend>
        <NeedsField
          value={values.requirements}
          onChange={(requirements) => set({ requirements })}
          resources={resources}
          errors={errors}
        />
      </fieldset>

      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t("parts.how")}</legend>
        <Checkbox.Group
          id="modes"
          aria-label={labels.modes}
          value={values.modes}
          onChange={(modes) => set({ modes: serviceModes.filter((mode) => modes.includes(mode)) as ServiceMode[] })}
          error={errors.modes}
        >
          <div className={classes.acts}>
            {serviceModes.map((mode) => (
              <Checkbox key={mode} value={mode} label={t(`modes.${mode}`)} mr="md" />
            ))}
          </div>
        </Checkbox.Group>
        {values.modes.includes("video") && (
          <TextInput {...text("videoLink")} type="url" inputMode="url" placeholder="https://" />
        )}
        <NumberInput {...minutes("capacity")} description={t("capacityHelp")} maw={280} />
      </fieldset>

      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t("parts.price")}</legend>
        <Switch
          id="insured"
          label={labels.insured}
          description={t("insuredHelp")}
          checked={values.insured}
          onChange={(event) =>
            set(event.currentTarget.checked ? { insured: true, costShown: false } : { insured: false })
          }
        />
        {!values.insured && (
          <div className={record.pair}>
            <NumberInput
              id="priceCents"
              label={labels.priceCents}
              min={0}
              decimalScale={2}
              decimalSeparator=","
              allowedDecimalSeparators={[",", "."]}
              suffix={`\u00a0$`}
              value={values.priceCents === null ? "" : values.priceCents / 100}
              onChange={(price) =>
                set(
                  price === ""
                    ? { priceCents: null, costShown: false }
                    : { priceCents: Math.round(Number(price) * 100) },
                )
              }
              error={errors.priceCents}
            />
            <Switch
              id="costShown"
              label={labels.costShown}
              checked={values.costShown}
              disabled={values.priceCents === null}
              onChange={(event) => set({ costShown: event.currentTarget.checked })}
              error={errors.costShown}
              mb={8}
            />
          </div>
        )}
      </fieldset>

      <BookingFields values={values} set={set} errors={errors} labels={labels} />
      {untouched && service?.audience === "code" && (
        <div className={classes.acts}>
          <Button variant="default" onClick={renewCode}>
            {t("code.renew")}
          </Button>
        </div>
      )}

      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t("parts.preparation")}</legend>
        <p className={classes.note}>{t("preparationHelp")}</p>
        <div className={record.pair}>
          <Textarea {...text("preparation")} {...long} />
          <Textarea {...text("preparationEn")} {...long} />
        </div>
      </fieldset>
      {service && (
        <Switch
          id="status"
          label={t("inUse")}
          description={t("inUseHelp")}
          checked={values.status === "active"}
          onChange={(event) => set({ status: event.currentTarget.checked ? "active" : "inactive" })}
        />
      )}
    </RecordDrawer>
  );
}
