"use client";

import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { v7 } from "uuid";
import { z } from "zod";
import type { CorrespondentRecord } from "#server/correspondent/record.ts";
import {
  addCorrespondentInput,
  type CorrespondentKind,
  changeCorrespondentInput,
  correspondentKinds,
} from "#server/correspondent/schema.ts";
import { Withheld } from "../../../_ground/say-why.tsx";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { correspondentName, readableNumber } from "../_letters/correspondent-name.ts";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import classes from "./directory.module.css";

interface CorrespondentFormProps {
  /** Absent for a new one. */
  correspondent: CorrespondentRecord | undefined;
  /** Gives care here: sees the letters. */
  mayRead: boolean;
  onClose: () => void;
  onSaved: () => void;
}

const names = [
  "givenName",
  "familyName",
  "name",
  "specialty",
  "permitNumber",
  "phone",
  "fax",
  "email",
  "addressLine",
  "city",
  "province",
  "postalCode",
] as const;
type Name = (typeof names)[number];
type Values = Record<Name, string> & { kind: CorrespondentKind; status: "active" | "inactive" };

const blank: Values = {
  kind: "practitioner",
  status: "active",
  ...(Object.fromEntries(names.map((name) => [name, ""])) as Record<Name, string>),
  province: "Québec",
};

/** A line of the directory, and the letters that were signed to it. */
export function CorrespondentForm({ correspondent, mayRead, onClose, onSaved }: CorrespondentFormProps) {
  const t = useTranslations("directory");
  const client = useTRPCClient();
  const toast = useToast();
  const start: Values = correspondent
    ? { ...correspondent, phone: readableNumber(correspondent.phone), fax: readableNumber(correspondent.fax) }
    : blank;
  const form = useRecordForm<Values>({
    draft: `correspondent ${correspondent?.id ?? "new"}`,
    ...(correspondent && { id: correspondent.id }),
    // The form's own id and version are given when it is sent.
    schema: z.preprocess(
      (values) => ({ ...(values as Values), id: v7(), version: 1 }),
      correspondent ? changeCorrespondentInput : addCorrespondentInput,
    ),
    start,
    version: correspondent?.version ?? 1,
    onSaved: () => {
      toast({ message: t("saved") });
      onSaved();
    },
    send: ({ status, ...values }, version, id) =>
      correspondent
        ? client.correspondent.change.mutate({ ...values, status, id, version })
        : client.correspondent.add.mutate({ ...values, id }),
  });
  const { values, set, errors } = form;
  const labels = Object.fromEntries(names.map((name) => [name, t(name === "name" ? `place.${values.kind}` : name)]));
  const field = (name: Name) => (
    <TextInput
      key={name}
      id={name}
      label={labels[name]}
      value={values[name]}
      error={errors[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      autoComplete="off"
    />
  );
  const isPerson = values.kind === "practitioner";
  const isActive = values.status === "active";
  return (
    <RecordDrawer
      title={correspondent ? correspondentName(correspondent) : t("add")}
      verb={t("save")}
      onClose={onClose}
      labels={labels}
      form={form}
      size={560}
      differences={form.differences(labels as Record<keyof Values, string>, (name, from) => String(from[name] ?? ""))}
    >
      <SegmentedControl
        aria-label={t("kind")}
        data={correspondentKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        value={values.kind}
        onChange={(kind) => set({ kind: kind as CorrespondentKind })}
      />
      {isPerson && <div className={classes.pair}>{[field("givenName"), field("familyName")]}</div>}
      {isPerson && <div className={classes.pair}>{[field("specialty"), field("permitNumber")]}</div>}
      {field("name")}
      <div className={classes.pair}>{[field("phone"), field("fax")]}</div>
      {field("email")}
      {field("addressLine")}
      <div className={classes.triple}>{[field("city"), field("province"), field("postalCode")]}</div>
      {correspondent && (
        <Button
          variant="subtle"
          color={isActive ? "brique" : "sapin"}
          className={classes.retire}
          onClick={() => set({ status: isActive ? "inactive" : "active" })}
        >
          {t(isActive ? "deactivate" : "reactivate")}
        </Button>
      )}
      {!isActive && correspondent && <p className={classes.under}>{t("inactiveHelp")}</p>}
      {correspondent && mayRead && <Letters correspondentId={correspondent.id} />}
    </RecordDrawer>
  );
}

function Letters({ correspondentId }: { correspondentId: string }) {
  const t = useTranslations("directory");
  const words = useTranslations("letters");
  const trpc = useTRPC();
  const format = useFormatter();
  const { clinic } = useParams<{ clinic: string }>();
  const letters = useQuery(trpc.letter.to.queryOptions({ correspondentId, most: 20 }));
  const rows = letters.data?.rows;
  if (!rows) return null;
  return (
    <Section title={t("letters")} count={rows.length}>
      {rows.length === 0 && <p className={classes.under}>{t("noLetters")}</p>}
      <ul className={classes.letters}>
        {rows.map(({ id, patientId, patientName, kind, withheld, subject, signedAt }) => (
          <li key={id}>
            <Link href={`/clinic/${clinic}/patients/${patientId}/lettres/${id}`} prefetch={false}>
              {withheld ? <Withheld>{words(`kinds.${kind}`)}</Withheld> : subject || words(`kinds.${kind}`)}
            </Link>
            <span className={classes.under}>{`${format.dateTime(signedAt, "date")} · ${patientName}`}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
