"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBuildingHospital, IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { HostedClinic } from "#server/host/list-clinics.ts";
import { clinicStates } from "#server/host/schema.ts";
import { useTRPC, useTRPCClient } from "../_trpc/client.tsx";
import { useErrorText } from "../_trpc/use-error-text.ts";
import { Chip } from "../_ui/chip/chip.tsx";
import { ConfirmDialog } from "../_ui/confirm/confirm-dialog.tsx";
import { type Column, DataTable } from "../_ui/data-table/data-table.tsx";
import { usePages } from "../_ui/data-table/use-pages.ts";
import { EmptyState } from "../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../_ui/error-panel/error-panel.tsx";
import { Moment } from "../_ui/moment/moment.tsx";
import { Section } from "../_ui/section/section.tsx";
import { useToast } from "../_ui/toast/toast.tsx";
import classes from "./host.module.css";

const most = 50;
const tones = { pending: "attention", approved: "good", suspended: "danger" } as const;
type Wanted = (typeof clinicStates)[number] | "all";

/** The clinics of this host, a page at a time, each with the one decision that its state allows. */
export function Clinics() {
  const t = useTranslations("host");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const [status, setStatus] = useState<Wanted>("all");
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed, 250);
  const pages = usePages(most);
  const [suspending, setSuspending] = useState<HostedClinic>();
  const page = useQuery({
    ...trpc.host.clinics.queryOptions({ status, search, before: pages.last, most }),
    placeholderData: keepPreviousData,
  });

  async function decide({ clinicId, version, displayName, status }: HostedClinic, to: "approved" | "suspended") {
    try {
      await client.host.decide.mutate({ clinicId, version, status: to });
      const decided = to === "approved" && status === "suspended" ? "reinstated" : to;
      toast({ message: t(`decided.${decided}`, { clinic: displayName }) });
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
    await page.refetch();
  }

  const columns: Column<HostedClinic>[] = [
    {
      key: "name",
      label: t("clinic"),
      cell: ({ displayName, slug }) => (
        <span className={classes.clinic}>
          <strong>{displayName}</strong>
          <span className={classes.slug}>{slug}</span>
        </span>
      ),
    },
    { key: "opened", label: t("opened"), secondary: true, cell: ({ createdAt }) => <Moment at={createdAt} ago /> },
    {
      key: "state",
      label: t("state"),
      cell: ({ status: state }) => <Chip tone={tones[state]}>{t(`states.${state}`)}</Chip>,
    },
    {
      key: "acts",
      label: t("acts"),
      align: "end",
      cell: (clinic) =>
        clinic.status === "approved" ? (
          <Button size="compact-sm" variant="subtle" color="brique" onClick={() => setSuspending(clinic)}>
            {t("suspend")}
          </Button>
        ) : (
          <Button size="compact-sm" onClick={() => void decide(clinic, "approved")}>
            {t(clinic.status === "pending" ? "approve" : "resume")}
          </Button>
        ),
    },
  ];

  return (
    <Section title={t("clinics")} lead={t("clinicsLead")}>
      <div className={classes.filters}>
        <TextInput
          aria-label={t("search")}
          flex="1 1 320px"
          maw={420}
          placeholder={t("search")}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            pages.restart();
          }}
        />
        <Select
          aria-label={t("state")}
          data={(["all", ...clinicStates] as const).map((value) => ({ value, label: t(`states.${value}`) }))}
          value={status}
          onChange={(value) => {
            setStatus((value ?? "all") as Wanted);
            pages.restart();
          }}
        />
      </div>
      {page.isError ? (
        <ErrorPanel requestId={say(page.error).requestId} onRetry={() => void page.refetch()}>
          {say(page.error).message}
        </ErrorPanel>
      ) : (
        <DataTable
          label={t("clinics")}
          columns={columns}
          rows={page.data?.clinics}
          rowKey={({ clinicId }) => clinicId}
          paging={pages.paging(page.data?.clinics, page.data?.next)}
          empty={
            <EmptyState icon={<IconBuildingHospital />} title={t("noClinic")}>
              {t("noClinicText")}
            </EmptyState>
          }
        />
      )}
      <ConfirmDialog
        opened={suspending !== undefined}
        onClose={() => setSuspending(undefined)}
        title={t("suspendTitle", { clinic: suspending?.displayName ?? "" })}
        consequences={[t("suspendNow"), t("suspendTold"), t("suspendKept"), t("suspendBack")]}
        verb={t("suspend")}
        danger
        onConfirm={async () => {
          if (suspending) await decide(suspending, "suspended");
          setSuspending(undefined);
        }}
      />
    </Section>
  );
}
