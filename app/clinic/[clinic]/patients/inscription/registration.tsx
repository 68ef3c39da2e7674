"use client";

import { Alert, Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPCClient } from "../../../../_trpc/client.tsx";
import { ErrorSummary } from "../../../../_ui/form/error-summary.tsx";
import { namedErrors } from "../../../../_ui/form/named-errors.ts";
import { KeyCap } from "../../../../_ui/key-cap/key-cap.tsx";
import { PageBody, PageHead } from "../../../../_ui/page-head/page-head.tsx";
import { useToast } from "../../../../_ui/toast/toast.tsx";
import { useRecordForm } from "../../_record/use-record-form.ts";
import { AlikePane } from "../_form/alike-pane.tsx";
import { ContactFields } from "../_form/contact-fields.tsx";
import classes from "../_form/form.module.css";
import { PersonFields } from "../_form/person-fields.tsx";
import { ProviderField, waitsForProvider } from "../_form/provider-field.tsx";
import { useAlike } from "../_form/use-alike.ts";
import { besideFields, nobody, type RegistrationValues, registrationSchema, toRegistration } from "../_form/values.ts";
import { patientHref } from "../patient-href.ts";

/** Registers somebody in under a minute: one column in the order of a card, Enter at the end, and the look-alikes beside. */
export function Registration({ slug, timeZone }: { slug: string; timeZone: string }) {
  const t = useTranslations("patients");
  const router = useRouter();
  const client = useTRPCClient();
  const toast = useToast();
  const [registered, setRegistered] = useState<{ id: string; name: string; file: string }>();

  const form = useRecordForm<RegistrationValues>({
    draft: "registration",
    schema: registrationSchema,
    start: nobody,
    version: 1,
    onSaved: () => undefined,
    send: async (values, _version, id) => {
      const knownDuplicates = alike.map((one) => one.id);
      const input = { ...toRegistration(values), id, knownDuplicates } as Parameters<
        typeof client.patient.register.mutate
      >[0];
      const patient = await client.patient.register.mutate(input);
      const name = patient.displayName;
      toast({ message: t("form.registered", { name, file: patient.fileNumber }) });
      router.push(patientHref(slug, patient.id));
      setRegistered({ id: patient.id, name, file: patient.fileNumber });
      return patient;
    },
  });
  const { values, set } = form;
  const errors = besideFields(form.errors, values);

  const { alike, found } = useAlike(values, registered === undefined);

  const labels = {
    familyName: t("form.familyName"),
    givenName: t("form.givenName"),
    birthFamilyName: t("form.birthFamilyName"),
    preferredName: t("form.preferredName"),
    nam: t("form.nam"),
    namExpiry: t("form.expiry"),
    namStatus: t("form.namStatus"),
    namReason: t("form.reason"),
    birthDate: t("form.birthDate"),
    gender: t("form.gender"),
    pronouns: t("form.pronouns"),
    mobile: t("form.mobile"),
    home: t("form.home"),
    email: t("form.email"),
    street: t("form.street"),
    city: t("form.city"),
    province: t("form.province"),
    postalCode: t("form.postalCode"),
    familyDoctorId: t("form.doctor"),
    pharmacyId: t("form.pharmacy"),
  };
  return (
    <>
      <PageHead title={t("form.new")} context={<span>{t("form.newLead")}</span>} />
      <PageBody>
        <div className={classes.page}>
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              if (!waitsForProvider(event.currentTarget)) form.submit();
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
              if (!waitsForProvider(event.currentTarget)) form.submit();
            }}
          >
            <ErrorSummary errors={namedErrors(errors, labels)} attempt={form.attempt} />
            {form.failure && (
              <Alert color="brique" role="alert" mb="md">
                {form.failure}
              </Alert>
            )}
            <fieldset className={classes.group}>
              <legend>{t("form.identity")}</legend>
              <PersonFields values={values} set={set} errors={errors} timeZone={timeZone} />
            </fieldset>
            <fieldset className={classes.group}>
              <legend>{t("form.reach")}</legend>
              <ContactFields values={values} set={set} errors={errors} />
            </fieldset>
            <fieldset className={classes.group}>
              <legend>{t("form.care")}</legend>
              <div className={classes.pair}>
                {(["familyDoctorId", "pharmacyId"] as const).map((id) => (
                  <ProviderField
                    key={id}
                    id={id}
                    kind={id === "pharmacyId" ? "pharmacy" : "practitioner"}
                    value={values[id]}
                    known={null}
                    onChange={(next) => set({ [id]: next })}
                    error={errors[id]}
                  />
                ))}
              </div>
            </fieldset>
            <div className={classes.submit} data-acts-below>
              <Button type="submit" loading={form.busy} rightSection={<KeyCap>Ctrl ↵</KeyCap>}>
                {t(alike.some((one) => one.likely) ? "alike.anyway" : "form.submit")}
              </Button>
              <Button
                variant="subtle"
                onClick={() => {
                  form.startOver();
                  router.back();
                }}
              >
                {t("form.cancel")}
              </Button>
            </div>
          </form>
          <AlikePane alike={alike} found={found} hrefOf={(id) => patientHref(slug, id)} />
        </div>
      </PageBody>
    </>
  );
}
