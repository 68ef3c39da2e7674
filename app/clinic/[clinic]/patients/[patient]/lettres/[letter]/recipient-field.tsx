"use client";

import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Recipient } from "#server/letter/schema.ts";
import { useTRPC } from "../../../../../../_trpc/client.tsx";
import { useFirstAnswer } from "../../../../../../_ui/form/use-first-answer.ts";
import { correspondentName, recipientOf } from "../../../../_letters/correspondent-name.ts";
import classes from "./letter.module.css";

interface RecipientFieldProps {
  id: string;
  label: string;
  patient: { readonly displayName: string };
  value: Recipient | null;
  /** A request may go to a desk that gives out appointments. */
  isReferral: boolean;
  error: string | undefined;
  onChange: (recipient: Recipient | null) => void;
}

const nobody: Recipient = { kind: "free", correspondentId: null, name: "", specialty: "", address: "", fax: "" };

/** One of the directory, the patient, a desk, or somebody named here alone. */
export function RecipientField({ id, label, patient, value, isReferral, error, onChange }: RecipientFieldProps) {
  const t = useTranslations("letters");
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  // The field that was under the hand is gone: the hand stays where it was.
  const [wasChosen, setWasChosen] = useState(false);
  const [text] = useDebouncedValue(typed, 200);
  const found = useQuery({
    ...trpc.correspondent.list.queryOptions({ text, most: 12 }),
    placeholderData: keepPreviousData,
    enabled: value === null,
  });
  const rows = found.data?.rows ?? [];
  const wanted = typed.trim();
  // Whoever is not in the directory is first of the others: Enter takes what was typed, and neither the desk nor the patient.
  const others = [
    ...(wanted.length > 1 ? [{ value: "free", label: t("toFree", { name: wanted }) }] : []),
    ...(isReferral ? [{ value: "desk", label: t("desk") }] : []),
    { value: "patient", label: t("toPatient", { name: patient.displayName }) },
  ];
  function choose(next: string | null) {
    setTyped("");
    setWasChosen(true);
    if (next === "desk") return onChange({ ...nobody, kind: "desk", name: t("deskName") });
    if (next === "patient") return onChange({ ...nobody, kind: "patient", name: patient.displayName });
    if (next === "free") return onChange({ ...nobody, name: wanted });
    const one = rows.find((row) => row.id === next);
    if (one) onChange(recipientOf(one));
  }
  const first = useFirstAnswer(wanted !== "", typed !== text || found.isFetching, () =>
    choose(rows[0]?.id ?? others[0]?.value ?? null),
  );
  if (value) return <Chosen label={label} id={id} value={value} error={error} isNew={wasChosen} onChange={onChange} />;
  return (
    <Select
      id={id}
      label={label}
      placeholder={t("searchDirectory")}
      data={[
        {
          group: t("directory"),
          items: rows.map((one) => ({
            value: one.id,
            label: [correspondentName(one), one.specialty, one.city].filter(Boolean).join(", "),
          })),
        },
        { group: t("others"), items: others },
      ]}
      value={null}
      onChange={choose}
      searchable
      openOnFocus={false}
      searchValue={typed}
      onSearchChange={setTyped}
      {...first}
      filter={({ options }) => options}
      error={error}
      autoComplete="off"
    />
  );
}

function Chosen({
  id,
  label,
  value,
  error,
  isNew,
  onChange,
}: Pick<RecipientFieldProps, "id" | "label" | "error" | "onChange"> & { value: Recipient; isNew: boolean }) {
  const t = useTranslations("letters");
  const isOurs = value.kind === "correspondent";
  return (
    <div className={classes.recipient}>
      <div className={classes.recipientHead}>
        <span className={classes.label}>{label}</span>
        <Button variant="subtle" size="compact-xs" autoFocus={isNew} onClick={() => onChange(null)}>
          {t("other")}
        </Button>
      </div>
      {isOurs ? (
        <address className={classes.address}>
          <strong>{value.name}</strong>
          {[value.specialty, ...value.address.split("\n"), value.fax && t("faxAt", { number: value.fax })]
            .filter(Boolean)
            .map((line) => (
              <span key={line}>{line}</span>
            ))}
        </address>
      ) : (
        <>
          <TextInput
            id={id}
            aria-label={t("name")}
            value={value.name}
            maxLength={200}
            onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
            error={error}
            autoComplete="off"
          />
          <Textarea
            aria-label={t("address")}
            placeholder={t("address")}
            value={value.address}
            maxLength={400}
            onChange={(event) => onChange({ ...value, address: event.currentTarget.value })}
            autosize
            minRows={2}
          />
        </>
      )}
    </div>
  );
}
