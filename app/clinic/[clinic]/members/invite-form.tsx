"use client";

import { Select, TextInput } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { inviteInput, type Role } from "#server/membership/schema.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import { PlacementFields } from "./placement-fields.tsx";

interface Values {
  email: string;
  displayName: string;
  locale: "fr" | "en";
  role: Role;
  locationIds: string[] | null;
  supervisorId: string | null;
}

/** Asks somebody to join: an address and a role are enough. */
export function InviteForm(props: { mayMakeOwner: boolean; onClose: () => void; onSent: () => void }) {
  const t = useTranslations("team");
  const languages = useTranslations("common.language");
  const client = useTRPCClient();
  const toast = useToast();
  const form = useRecordForm<Values>({
    draft: "invitation",
    schema: inviteInput,
    start: {
      email: "",
      displayName: "",
      locale: languageOf(useLocale()),
      role: "professional",
      locationIds: null,
      supervisorId: null,
    },
    version: 1,
    send: (values) => client.invitation.send.mutate(values),
    onSaved: () => {
      toast({ message: t("invited") });
      props.onSent();
    },
  });
  const { values, set, errors } = form;
  return (
    <RecordDrawer
      title={t("inviteTitle")}
      verb={t("send")}
      onClose={props.onClose}
      labels={{
        email: t("email"),
        displayName: t("name"),
        role: t("role"),
        supervisorId: t("supervisor"),
        locationIds: t("locations"),
      }}
      form={form}
      differences={[]}
    >
      <TextInput
        id="email"
        label={t("email")}
        description={t("emailHelp")}
        type="email"
        inputMode="email"
        autoComplete="off"
        value={values.email}
        onChange={(event) => set({ email: event.currentTarget.value })}
        error={errors.email}
        data-autofocus
      />
      <TextInput
        id="displayName"
        label={t("nameOptional")}
        autoComplete="off"
        value={values.displayName}
        onChange={(event) => set({ displayName: event.currentTarget.value })}
        error={errors.displayName}
      />
      <PlacementFields values={values} set={set} errors={errors} mayMakeOwner={props.mayMakeOwner} />
      <Select
        id="locale"
        label={t("mailLanguage")}
        data={(["fr", "en"] as const).map((value) => ({ value, label: languages(value) }))}
        value={values.locale}
        onChange={(value) => value && set({ locale: value as "fr" | "en" })}
      />
    </RecordDrawer>
  );
}
