"use client";

import { Button, Checkbox, Drawer, Progress, SegmentedControl } from "@mantine/core";
import { IconDownload, IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { v7 } from "uuid";
import type { ExportView } from "#server/chart-export/ask-export.ts";
import { beginExportInput, type ChartPart, chartParts } from "#server/chart-export/schema.ts";
import { useTRPC, useTRPCClient } from "../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../_trpc/use-error-text.ts";
import { DayInput } from "../../../../_ui/day-input/day-input.tsx";
import { ErrorPanel } from "../../../../_ui/error-panel/error-panel.tsx";
import { SendDrawer } from "../../_sending/send-drawer.tsx";
import classes from "../../_sending/sending.module.css";

interface WholeChartProps {
  slug: string;
  patientId: string;
  language: "fr" | "en";
  onClose: () => void;
}

/** The whole chart as one file: what goes in, how far it is, and what is done with it when it is there. */
export function WholeChart({ slug, patientId, language: patientLanguage, onClose }: WholeChartProps) {
  const t = useTranslations("sending.whole");
  const words = useTranslations("sending.send");
  const errors = useTranslations("errors.chartExport");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const say = useErrorText();
  const [parts, setParts] = useState<ChartPart[]>([...chartParts]);
  const [from, setFrom] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const [drafts, setDrafts] = useState(false);
  const [isPrivate, setPrivate] = useState(false);
  const [append, setAppend] = useState(true);
  const [language, setLanguage] = useState(patientLanguage);
  const [id, setId] = useState(() => v7());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [sending, setSending] = useState<string>();
  const list = useQuery({
    ...trpc.chartExport.list.queryOptions({ patientId }),
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 1_000 : false),
  });
  const underWay = list.data?.find(isUnderWay);

  async function act(work: () => Promise<unknown>) {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
      setId(v7());
    } catch (error) {
      setFailure(say(error).message);
    }
    await list.refetch();
    setBusy(false);
  }
  function begin() {
    const input = { id, patientId, language, parts, from, until, drafts, private: isPrivate, append };
    const parsed = beginExportInput.safeParse(input);
    if (!parsed.success) return setFailure(errors("order"));
    void act(() => client.chartExport.begin.mutate(parsed.data));
  }

  if (sending)
    return (
      <SendDrawer
        patientId={patientId}
        documentIds={[]}
        chartExportId={sending}
        onClose={() => setSending(undefined)}
      />
    );
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t("title")}
      position="right"
      size={520}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <div className={classes.form}>
        <p className={classes.quiet}>{t("lead")}</p>
        {failure && <ErrorPanel>{failure}</ErrorPanel>}
        {!underWay && (
          <>
            <Checkbox.Group label={t("parts")} value={parts} onChange={(next) => setParts(next as ChartPart[])}>
              <div className={classes.parts}>
                {chartParts.map((part) => (
                  <Checkbox key={part} value={part} label={t(`partOf.${part}`)} />
                ))}
              </div>
            </Checkbox.Group>
            <div className={classes.two}>
              <DayInput label={t("from")} value={from} onChange={setFrom} />
              <DayInput label={t("until")} value={until} onChange={setUntil} />
            </div>
            <Checkbox
              label={t("append")}
              checked={append}
              disabled={!parts.includes("documents")}
              onChange={(event) => setAppend(event.currentTarget.checked)}
            />
            <Checkbox
              label={t("drafts")}
              checked={drafts}
              disabled={!parts.includes("notes")}
              onChange={(event) => setDrafts(event.currentTarget.checked)}
            />
            <Checkbox
              label={t("private")}
              checked={isPrivate}
              disabled={!parts.includes("notes")}
              onChange={(event) => setPrivate(event.currentTarget.checked)}
            />
            <SegmentedControl
              aria-label={t("language")}
              value={language}
              onChange={(next) => setLanguage(next as "fr" | "en")}
              data={(["fr", "en"] as const).map((value) => ({ value, label: words(`languages.${value}`) }))}
            />
            <div className={classes.acts}>
              <Button onClick={begin} loading={busy} disabled={parts.length === 0}>
                {t("verb")}
              </Button>
            </div>
          </>
        )}
        {list.isError && (
          <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
            {say(list.error).message}
          </ErrorPanel>
        )}
        {(list.data ?? []).length > 0 && !underWay && <h3>{t("previous")}</h3>}
        {list.data?.map((one) => (
          <OneExport
            key={one.id}
            slug={slug}
            one={one}
            busy={busy}
            onCancel={() => void act(() => client.chartExport.cancel.mutate({ id: one.id }))}
            onSend={() => setSending(one.id)}
            onAgain={() =>
              void act(() => client.chartExport.begin.mutate({ ...one.options, id, patientId, language: one.language }))
            }
          />
        ))}
      </div>
    </Drawer>
  );
}

const isUnderWay = ({ status }: ExportView) => status === "queued" || status === "running";

interface OneExportProps {
  slug: string;
  one: ExportView;
  busy: boolean;
  onCancel: () => void;
  onSend: () => void;
  onAgain: () => void;
}

function OneExport({ slug, one, busy, onCancel, onSend, onAgain }: OneExportProps) {
  const t = useTranslations("sending.whole");
  const format = useFormatter();
  const at = (instant: string) => format.dateTime(new Date(instant), "dateAndTime");
  const { id, status, steps, done, pages, sizeBytes, leftOut } = one;
  if (isUnderWay(one))
    return (
      <section className={classes.file} aria-live="polite" data-export={status}>
        <strong>{t("making")}</strong>
        <Progress value={steps === 0 ? 2 : Math.max(2, (done / steps) * 100)} aria-label={t("making")} animated />
        <div className={classes.acts}>
          {steps > 0 && <span className={classes.quiet}>{t("progress", { done, steps })}</span>}
          <Button size="compact-sm" variant="subtle" color="brique" loading={busy} onClick={onCancel}>
            {t("cancel")}
          </Button>
        </div>
      </section>
    );
  const megabytes = (sizeBytes ?? 0) / 1_048_576;
  const size = format.number(megabytes, {
    style: "unit",
    unit: "megabyte",
    maximumFractionDigits: megabytes < 10 ? 1 : 0,
  });
  return (
    <section className={classes.file} data-export={status}>
      <span>
        <strong>{at(one.createdAt)}</strong>{" "}
        <span className={classes.quiet}>
          {status === "done"
            ? t("done", { pages: pages ?? 0, size })
            : status === "failed"
              ? t("failed")
              : t(status === "cancelled" ? "cancelledState" : "expiredState")}
        </span>
      </span>
      {one.closed && (
        <>
          <span>{t("closedState")}</span>
          <div className={classes.acts}>
            <Button size="compact-md" loading={busy} onClick={onAgain}>
              {t("again")}
            </Button>
          </div>
        </>
      )}
      {status === "done" && !one.closed && (
        <>
          {leftOut > 0 && <span className={classes.quiet}>{t("leftOut", { count: leftOut })}</span>}
          <span className={classes.quiet}>{t("expires", { at: at(one.expiresAt) })}</span>
          <div className={classes.acts}>
            <Button
              size="compact-md"
              component="a"
              href={`/api/clinic/${slug}/chart-exports/${id}.pdf`}
              download
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t("download")}
            </Button>
            <Button
              size="compact-md"
              variant="default"
              leftSection={<IconSend size={16} aria-hidden />}
              onClick={onSend}
            >
              {t("send")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
