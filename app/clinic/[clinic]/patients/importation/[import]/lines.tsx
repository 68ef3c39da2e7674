"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ImportState } from "#server/patient-import/read-import.ts";
import { type LineOutcome, lineOutcomes } from "#server/patient-import/schema.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { LinkButton } from "../../../../../_ui/link-button/link-button.tsx";
import { Section } from "../../../../../_ui/section/section.tsx";
import { patientHref } from "../../patient-href.ts";
import classes from "./import.module.css";

const most = 50;
const tones = { error: "danger", duplicate: "attention", ready: "good", created: "good" } as const;

/** The lines as they came, with what became of each; what cannot be read is said in its cell. */
export function Lines({ slug, one }: { slug: string; one: ImportState }) {
  const t = useTranslations("patients.importing");
  const errors = useTranslations("errors");
  const format = useFormatter();
  const trpc = useTRPC();
  const [outcome, setOutcome] = useState<LineOutcome | "all">(one.counts.error ? "error" : "all");
  const [after, setAfter] = useState<number[]>([]);
  const page = useQuery({
    ...trpc.patientImport.lines.queryOptions({
      id: one.id,
      outcome: outcome === "all" ? undefined : outcome,
      after: after.at(-1) ?? 0,
      most,
    }),
    placeholderData: keepPreviousData,
  });
  const say = (key: string) => (errors.has(key as "invalid") ? errors(key as "invalid") : errors("invalid"));
  const shown = lineOutcomes.filter((name) => one.counts[name]);
  return (
    <Section title={t("preview")}>
      {shown.length > 0 && (
        <SegmentedControl
          className={classes.outcomes}
          aria-label={t("state")}
          data={[
            { value: "all", label: `${t("all")} (${format.number(one.lineCount, "integer")})` },
            ...shown.map((value) => ({
              value,
              label: `${t(`outcomes.${value}`)} (${format.number(one.counts[value] ?? 0, "integer")})`,
            })),
          ]}
          value={outcome}
          onChange={(next) => {
            setOutcome(next as LineOutcome | "all");
            setAfter([]);
          }}
        />
      )}
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("line")}</th>
              {page.data?.header.map((name, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; two may bear one name.
                <th scope="col" key={column}>
                  {name}
                </th>
              ))}
              <th scope="col">{t("state")}</th>
            </tr>
          </thead>
          <tbody>
            {page.data?.lines.map(({ line, cells, outcome: became, errors: wrong, recordId }) => (
              <tr key={line}>
                <th scope="row">{line}</th>
                {page.data.header.map((_, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column.
                  <td key={column} data-wrong={wrong[column] !== undefined || undefined}>
                    {cells[column]}
                    {wrong[column] && <span className={classes.wrong}>{say(wrong[column])}</span>}
                  </td>
                ))}
                <td>
                  {became && (
                    <Chip tone={tones[became as keyof typeof tones] ?? "neutral"}>{t(`outcomes.${became}`)}</Chip>
                  )}
                  {recordId && became !== "undone" && (
                    <LinkButton href={patientHref(slug, recordId)} variant="subtle" size="compact-sm">
                      {t("open")}
                    </LinkButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Turn
        onPrevious={after.length > 0 ? () => setAfter(after.slice(0, -1)) : undefined}
        onNext={page.data?.after ? () => setAfter([...after, page.data.after ?? 0]) : undefined}
      />
    </Section>
  );
}

function Turn({ onPrevious, onNext }: { onPrevious?: () => void; onNext?: () => void }) {
  const t = useTranslations("common.table");
  if (!onPrevious && !onNext) return null;
  return (
    <div className={classes.turn}>
      <Button variant="default" onClick={onPrevious} disabled={!onPrevious}>
        {t("previous")}
      </Button>
      <Button variant="default" onClick={onNext} disabled={!onNext}>
        {t("next")}
      </Button>
    </div>
  );
}
