"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { MergeRecord } from "#server/patient/list-merges.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { ConfirmDialog } from "../../../../../_ui/confirm/confirm-dialog.tsx";
import { Moment } from "../../../../../_ui/moment/moment.tsx";
import { Section } from "../../../../../_ui/section/section.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import classes from "./file.module.css";

/** Records that were joined to this one, and the way back. Nothing is shown where nothing was joined. */
export function Merges({ id, mayMerge, onChanged }: { id: string; mayMerge: boolean; onChanged: () => void }) {
  const t = useTranslations("patients.merge");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const toast = useToast();
  const say = useErrorText();
  const [parting, setParting] = useState<MergeRecord>();
  const merges = useQuery({
    ...trpc.patient.merges.queryOptions({ id }),
    // While the worker is at it.
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === "requested" || status === "undo-requested") ? 1000 : false,
  });
  const rows = (merges.data ?? []).filter(({ survivorId }) => survivorId === id);
  if (rows.length === 0) return null;

  async function part({ id: mergeId, version }: MergeRecord) {
    try {
      await client.patient.part.mutate({ id: mergeId, version });
      toast({ message: t("parted") });
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
    setParting(undefined);
    await merges.refetch();
    onChanged();
  }

  return (
    <Section title={t("history")} count={rows.length}>
      <ul className={classes.list}>
        {rows.map((merge) => (
          <li key={merge.id}>
            <Chip tone={merge.status === "done" ? "info" : "neutral"}>{t(`states.${merge.status}`)}</Chip>
            <span>
              {t("entry", { file: merge.mergedFile, name: merge.mergedName })}
              <span className={classes.under}>
                <Moment at={merge.createdAt} as="dateAndTime" /> {[merge.by, merge.reason].filter(Boolean).join(" · ")}
              </span>
            </span>
            {mayMerge && merge.status === "done" && (
              <Button
                variant="subtle"
                size="compact-sm"
                className={classes.act}
                aria-label={`${t("part")} : ${merge.mergedFile}`}
                onClick={() => setParting(merge)}
              >
                {t("part")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={parting !== undefined}
        onClose={() => setParting(undefined)}
        title={t("partTitle", { file: parting?.mergedFile ?? "" })}
        consequences={[t("partBack"), t("partSince")]}
        verb={t("part")}
        onConfirm={() => parting && part(parting)}
      />
    </Section>
  );
}
