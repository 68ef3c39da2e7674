"use client";

import { Alert, Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ImportState } from "#server/patient-import/read-import.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { ConfirmDialog } from "../../../../../_ui/confirm/confirm-dialog.tsx";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { LinkButton } from "../../../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../../../_ui/page-head/page-head.tsx";
import { SkeletonForm } from "../../../../../_ui/skeleton/skeleton.tsx";
import { Columns } from "./columns.tsx";
import classes from "./import.module.css";
import { Lines } from "./lines.tsx";

const working = ["checking", "running", "undoing"];

/** From the file to the register and back: columns, check, import, undo. Its work goes on when the page is closed. */
export function OneImport({ slug, id }: { slug: string; id: string }) {
  const t = useTranslations("patients.importing");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const say = useErrorText();
  const [failure, setFailure] = useState<string>();
  const [undoing, setUndoing] = useState(false);
  const read = useQuery({
    ...trpc.patientImport.read.queryOptions({ id }),
    refetchInterval: ({ state }) => (state.data && working.includes(state.data.status) ? 700 : false),
    retry: false,
  });
  const one = read.data;

  async function act(work: (ref: { id: string; version: number }) => Promise<unknown>) {
    if (!one) return;
    setFailure(undefined);
    try {
      await work({ id, version: one.version });
    } catch (error) {
      setFailure(say(error).message);
    }
    await read.refetch();
  }

  if (read.isError)
    return (
      <PageBody>
        <ErrorPanel requestId={say(read.error).requestId} onRetry={() => void read.refetch()}>
          {say(read.error).message}
        </ErrorPanel>
      </PageBody>
    );
  if (!one)
    return (
      <PageBody>
        <SkeletonForm fields={6} />
      </PageBody>
    );
  const busy = working.includes(one.status);
  return (
    <>
      <PageHead title={one.name} context={<Chip tone={busy ? "info" : "neutral"}>{t(`states.${one.status}`)}</Chip>}>
        <LinkButton href={`/clinic/${slug}/patients/importation`} variant="subtle">
          {t("back")}
        </LinkButton>
        {one.status === "checked" && (one.counts.ready ?? 0) > 0 && (
          <Button onClick={() => void act((ref) => client.patientImport.run.mutate(ref))}>
            {t("run", { count: one.counts.ready ?? 0 })}
          </Button>
        )}
        {one.status === "done" && (
          <Button variant="default" onClick={() => setUndoing(true)}>
            {t("undo")}
          </Button>
        )}
      </PageHead>
      <PageBody>
        {failure && (
          <Alert color="brique" role="alert" mb="md">
            {failure}
          </Alert>
        )}
        {busy && <Work one={one} />}
        {(one.status === "draft" || one.status === "checked") && (
          <Columns
            one={one}
            onCheck={(what) => void act((ref) => client.patientImport.check.mutate({ ...ref, ...what }))}
          />
        )}
        {!busy && <Lines key={`${one.status} ${one.version}`} slug={slug} one={one} />}
      </PageBody>
      <ConfirmDialog
        opened={undoing}
        onClose={() => setUndoing(false)}
        title={t("undoTitle")}
        consequences={[t("undoFree"), t("undoUsed")]}
        verb={t("undo")}
        onConfirm={async () => {
          await act((ref) => client.patientImport.undo.mutate(ref));
          setUndoing(false);
        }}
      />
    </>
  );
}

function Work({ one }: { one: ImportState }) {
  const t = useTranslations("patients.importing");
  return (
    <div className={classes.work} role="status">
      <Progress value={(100 * one.done) / Math.max(1, one.lineCount)} aria-label={t(`states.${one.status}`)} />
      <p>{t("progress", { done: one.done, total: one.lineCount })}</p>
    </div>
  );
}
