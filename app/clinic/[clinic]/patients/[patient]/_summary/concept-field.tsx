"use client";

import { Autocomplete } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { ConceptKind } from "#server/terminology/schema.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";

interface Coding {
  readonly codeSystem: string;
  readonly code: string;
  readonly codeVersion: string;
}

export const uncoded: Coding = { codeSystem: "", code: "", codeVersion: "" };

interface ConceptFieldProps {
  id: string;
  label: string;
  kind: ConceptKind;
  value: string;
  coding: Coding;
  error?: string | undefined;
  onChange: (label: string, coding: Coding) => void;
}

/** Words of one's own, or what a list proposes for them: which of the two is said under the field. */
export function ConceptField({ id, label, kind, value, coding, error, onChange }: ConceptFieldProps) {
  const t = useTranslations("record");
  const language = languageOf(useLocale());
  const trpc = useTRPC();
  const [text] = useDebouncedValue(value, 150);
  const isTyped = coding.code === "" && text.trim().length >= 2;
  const found = useQuery({
    ...trpc.terminology.search.queryOptions({ kind, text: text.slice(0, 100) }, { enabled: isTyped }),
    placeholderData: keepPreviousData,
  });
  const concepts = new Map((isTyped ? (found.data ?? []) : []).map((one) => [one[language], one]));
  return (
    <Autocomplete
      id={id}
      label={label}
      description={value === "" ? undefined : coding.code === "" ? t("free") : listNamed(coding.codeSystem, t)}
      value={value}
      error={error}
      data={[...concepts.keys()]}
      filter={({ options }) => options}
      maxLength={200}
      onChange={(typed) => {
        const one = concepts.get(typed);
        onChange(typed, one ? { codeSystem: one.system, code: one.code, codeVersion: one.version } : uncoded);
      }}
      comboboxProps={{ withinPortal: false }}
      autoComplete="off"
    />
  );
}

/** Our own list has a name; a clinic's is the clinic's; those of others are known by letters. */
function listNamed(system: string, t: ReturnType<typeof useTranslations<"record">>): string {
  if (system === "own") return t("listOwn");
  return `${t("list")} ${system === "chevet" ? "Chevet" : system.toUpperCase()}`;
}
