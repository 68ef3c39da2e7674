"use client";

import { Select, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { practitionerName } from "#server/practitioner/practitioner-name.ts";
import type { PractitionerRecord } from "#server/practitioner/record.ts";
import {
  addPractitionerInput,
  changePractitionerInput,
  orderOf,
  type ProfessionCode,
  professionCodes,
} from "#server/practitioner/schema.ts";
import type { SignatureAnswer } from "#server/practitioner/set-signature.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import { SignaturePicture } from "./signature-picture.tsx";

interface PractitionerFormProps {
  /** Absent for a new one. */
  practitioner: PractitionerRecord | undefined;
  /** The clinic's address, for the door that takes a picture. */
  slug: string;
  /** Whoever fills it has no card of their own yet. */
  mayBeMe: boolean;
  onClose: () => void;
  onSaved: () => void;
  /** The signature changed, and the version with it; the rest of the form is still open. */
  onSigned: (signature: SignatureAnswer) => void;
}

type Values = Pick<
  PractitionerRecord,
  "prefix" | "familyName" | "givenName" | "profession" | "permitNumber" | "signatureLine" | "membershipId" | "status"
>;

const blank: Values = {
  prefix: "",
  familyName: "",
  givenName: "",
  profession: "",
  permitNumber: "",
  signatureLine: "",
  membershipId: null,
  status: "active",
};

/** One practitioner: name, profession, permit, and who they are among the members. */
export function PractitionerForm({ practitioner, slug, mayBeMe, onClose, onSaved, onSigned }: PractitionerFormProps) {
  const t = useTranslations("practitioners");
  const words = useTranslations("vocabulary.professions");
  const client = useTRPCClient();
  const trpc = useTRPC();
  const toast = useToast();
  const me = useQuery(trpc.membership.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const members = useQuery(trpc.membership.list.queryOptions({ status: "active", most: 100 }));
  const people = members.data?.members.map(({ id: value, displayName: label }) => ({ value, label })) ?? [];
  // The signature is saved apart and moves the version: what this very form did is nobody else's change.
  const [moved, setMoved] = useState<ReadonlyMap<number, number>>(new Map());
  const form = useRecordForm<Values>({
    draft: `practitioner ${practitioner?.id ?? "new"}`,
    id: practitioner?.id,
    schema: practitioner
      ? changePractitionerInput.omit({ id: true, version: true, active: true })
      : addPractitionerInput.omit({ id: true }),
    start: practitioner ?? blank,
    version: practitioner?.version ?? 1,
    onSaved: () => {
      toast({ message: t(practitioner ? "saved" : "added") });
      onSaved();
    },
    send: ({ status, ...card }, version, id) => {
      const { prefix, familyName, givenName, permitNumber, signatureLine, membershipId } = card;
      const input = {
        id,
        prefix,
        familyName,
        givenName,
        permitNumber,
        signatureLine,
        membershipId,
        profession: card.profession as ProfessionCode,
      };
      let onto = version;
      while (moved.has(onto)) onto = moved.get(onto) ?? onto;
      return practitioner
        ? client.practitioner.change.mutate({ ...input, version: onto, active: status === "active" })
        : client.practitioner.add.mutate(input);
    },
  });
  const { values, set, errors } = form;
  const labels = {
    prefix: t("prefix"),
    givenName: t("givenName"),
    familyName: t("familyName"),
    profession: t("profession"),
    permitNumber: t("permit"),
    signatureLine: t("signatureLine"),
    membershipId: t("member"),
    status: t("status"),
  };
  const show = (name: keyof Values, from: Values) => {
    if (name === "profession") return words(from.profession as ProfessionCode);
    if (name === "membershipId") return people.find(({ value }) => value === from.membershipId)?.label ?? "";
    return name === "status" ? t(`statuses.${from.status as "active"}`) : from[name];
  };
  const text = (name: "prefix" | "givenName" | "familyName" | "permitNumber" | "signatureLine") => ({
    id: name,
    label: labels[name],
    value: values[name],
    error: errors[name],
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  const order = values.profession ? orderOf(values.profession as ProfessionCode) : "";

  return (
    <RecordDrawer
      title={practitioner ? practitionerName(practitioner) : t("add")}
      verb={t(practitioner ? "save" : "add")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, show)}
    >
      {!practitioner && mayBeMe && me.data && (
        <Switch
          label={t("myself")}
          description={t("myselfHelp")}
          checked={values.membershipId === me.data.membership.id}
          onChange={(event) =>
            set(
              event.currentTarget.checked
                ? { ...namesOf(me.data.membership.displayName), membershipId: me.data.membership.id }
                : { membershipId: null },
            )
          }
        />
      )}
      <Select
        id="profession"
        label={labels.profession}
        placeholder={t("choose")}
        data={professionCodes.map((value) => ({ value, label: words(value) }))}
        value={values.profession || null}
        onChange={(profession) => set({ profession: profession ?? "" })}
        error={errors.profession}
        searchable
        nothingFoundMessage={t("noProfession")}
        openOnFocus={false}
        data-autofocus
      />
      <div className={classes.pair}>
        <TextInput {...text("givenName")} />
        <TextInput {...text("familyName")} />
      </div>
      <div className={classes.pair}>
        <TextInput {...text("prefix")} placeholder="Dre" />
        <TextInput {...text("permitNumber")} description={order || undefined} />
      </div>
      <TextInput {...text("signatureLine")} description={t("signatureHelp")} />
      {practitioner && (
        <SignaturePicture
          practitioner={practitioner}
          slug={slug}
          onChanged={(signature) => {
            setMoved(new Map([...moved, [practitioner.version, signature.version]]));
            onSigned(signature);
          }}
        />
      )}
      <Select
        id="membershipId"
        label={labels.membershipId}
        description={t("memberHelp")}
        placeholder={t("nobody")}
        data={people}
        value={values.membershipId}
        onChange={(membershipId) => set({ membershipId })}
        error={errors.membershipId}
        clearable
        searchable
      />
      {practitioner && (
        <Switch
          id="status"
          label={t("works")}
          description={t("worksHelp")}
          checked={values.status === "active"}
          onChange={(event) => set({ status: event.currentTarget.checked ? "active" : "inactive" })}
        />
      )}
    </RecordDrawer>
  );
}

/** « Dre Maude Lavallée Roy »: a title, a first name, and what remains. */
function namesOf(displayName: string): Pick<Values, "prefix" | "givenName" | "familyName"> {
  const [, prefix = "", givenName = "", familyName = ""] =
    /^(?:(Dre?|Me|Mme|M\.)\s+)?(\S+)\s*(.*)$/u.exec(displayName.trim()) ?? [];
  return { prefix, givenName, familyName };
}
