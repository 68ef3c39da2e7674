"use client";

import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ImportState } from "#server/patient-import/read-import.ts";
import {
  type DateOrder,
  dateOrders,
  type ImportField,
  importFields,
  type Mapping,
} from "#server/patient-import/schema.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { Section } from "../../../../../_ui/section/section.tsx";
import classes from "./import.module.css";

interface ColumnsProps {
  one: ImportState;
  onCheck: (what: { mapping: Mapping; sourceSystem: string; withDuplicates: boolean; dateOrder: DateOrder }) => void;
}

/** What each column of the file says, as its name proposes it, with its first values beside. */
export function Columns({ one, onCheck }: ColumnsProps) {
  const t = useTranslations("patients.importing");
  const trpc = useTRPC();
  const first = useQuery(trpc.patientImport.lines.queryOptions({ id: one.id, most: 3 }));
  const [mapping, setMapping] = useState(one.mapping);
  const [sourceSystem, setSourceSystem] = useState(one.sourceSystem);
  const [withDuplicates, setWithDuplicates] = useState(one.withDuplicates);
  const [dateOrder, setDateOrder] = useState(one.dateOrder);
  const fieldOf = (column: number) => importFields.find((field) => mapping[field] === column) ?? null;

  function give(column: number, field: string | null) {
    const others = Object.entries(mapping).filter(([name, at]) => at !== column && name !== field);
    setMapping(Object.fromEntries(field ? [...others, [field, column]] : others) as typeof mapping);
  }

  return (
    <Section title={t("columns")} lead={t("columnsLead")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onCheck({ mapping: mapping as Mapping, sourceSystem, withDuplicates, dateOrder });
        }}
      >
        <ul className={classes.columns}>
          {first.data?.header.map((name, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; two may bear one name.
            <li key={column}>
              <Select
                label={name || `${column + 1}`}
                description={first.data.lines
                  .map(({ cells }) => cells[column])
                  .filter(Boolean)
                  .join(" · ")}
                inputWrapperOrder={["label", "description", "input"]}
                placeholder={t("nothing")}
                data={importFields.map((field: ImportField) => ({ value: field, label: t(`fields.${field}`) }))}
                value={fieldOf(column)}
                onChange={(field) => give(column, field)}
                searchable
                clearable
              />
            </li>
          ))}
        </ul>
        <div className={classes.options}>
          <TextInput
            label={t("source")}
            description={t("sourceHelp")}
            value={sourceSystem}
            onChange={(event) => setSourceSystem(event.currentTarget.value)}
            maxLength={60}
            required
          />
          <Select
            label={t("dateOrder")}
            description={t("dateOrderHelp")}
            data={dateOrders.map((order) => ({ value: order, label: t(`dateOrders.${order}`) }))}
            value={dateOrder}
            onChange={(order) => setDateOrder((order ?? one.dateOrder) as DateOrder)}
            allowDeselect={false}
          />
          <Checkbox
            label={t("withDuplicates")}
            checked={withDuplicates}
            onChange={(event) => setWithDuplicates(event.currentTarget.checked)}
          />
          <Button type="submit" variant={one.status === "checked" ? "default" : "filled"}>
            {t("check", { count: one.lineCount })}
          </Button>
        </div>
      </form>
    </Section>
  );
}
