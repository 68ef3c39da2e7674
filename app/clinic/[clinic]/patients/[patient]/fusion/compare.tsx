"use client";

import { Radio } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { PatientView } from "#server/patient/record.ts";
import { sayNumber } from "../../../_record/say-number.ts";
import classes from "./merge.module.css";

interface CompareProps {
  one: PatientView;
  other: PatientView;
  survivorId: string;
  onKeep: (id: string) => void;
}

/** Both records, line by line: what differs is marked by a word, never by colour alone. */
export function Compare({ one, other, survivorId, onKeep }: CompareProps) {
  const t = useTranslations("patients.merge");
  const form = useTranslations("patients.form");
  const lines: [string, (patient: PatientView) => string][] = [
    [t("file"), ({ fileNumber }) => fileNumber],
    [form("familyName"), ({ familyName }) => familyName],
    [form("givenName"), ({ givenName }) => givenName],
    [form("birthFamilyName"), ({ birthFamilyName }) => birthFamilyName],
    [form("preferredName"), ({ preferredName }) => preferredName],
    [form("birthDate"), ({ birthDate }) => birthDate ?? ""],
    [form("sex"), ({ sex }) => (sex ? form(`sexes.${sex}`) : "")],
    [form("nam"), ({ namMasked, namStatus }) => namMasked ?? form(`namStatuses.${namStatus}`)],
    [t("contacts"), ({ contacts }) => contacts.map(({ value }) => sayNumber(value)).join(" · ")],
    [
      t("related"),
      ({ relatedPersons }) => relatedPersons.map((person) => `${person.givenName} ${person.familyName}`).join(" · "),
    ],
  ];
  const head = (patient: PatientView, title: string) => (
    <th scope="col" data-kept={patient.id === survivorId || undefined}>
      <span className={classes.title}>{title}</span>
      <Radio
        name="survivor"
        label={t("keep")}
        checked={patient.id === survivorId}
        onChange={() => onKeep(patient.id)}
      />
    </th>
  );
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <td />
          {head(one, t("this"))}
          {head(other, t("other"))}
          <td />
        </tr>
      </thead>
      <tbody>
        {lines.map(([label, read]) => {
          const same = read(one) === read(other);
          if (same && read(one) === "") return null;
          return (
            <tr key={label} data-differs={!same || undefined}>
              <th scope="row">{label}</th>
              <td>{read(one) || "–"}</td>
              <td>{read(other) || "–"}</td>
              <td className={classes.quiet}>{t(same ? "same" : "differs")}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
