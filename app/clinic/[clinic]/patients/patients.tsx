"use client";

import { IconUpload, IconUserPlus, IconUsers } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { PatientFilters } from "#server/patient/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { useShortcutList } from "../../../_ui/shortcuts/use-shortcut-list.ts";
import { Filters } from "./filters.tsx";
import { patientHref } from "./patient-href.ts";
import { SavedLists } from "./saved-lists.tsx";
import { usePatientColumns } from "./use-patient-columns.tsx";

const most = 50;
export const everybody: PatientFilters = { status: "active" };

interface PatientsProps {
  slug: string;
  mayWrite: boolean;
  mayImport: boolean;
}

/** The register, in the order of a directory: filtered, kept, and opened by Enter. */
export function Patients({ slug, mayWrite, mayImport }: PatientsProps) {
  const t = useTranslations("patients");
  const say = useErrorText();
  const trpc = useTRPC();
  const router = useRouter();
  const [filters, setFilters] = useState<PatientFilters>(everybody);
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.patient.list.queryOptions({ filters, after: pages.last, most }),
    placeholderData: keepPreviousData,
  });
  const columns = usePatientColumns();
  const whole = JSON.stringify(filters) === JSON.stringify(everybody);
  const registerHref = `/clinic/${slug}/patients/inscription`;

  useShortcutList(
    useMemo(
      () =>
        mayWrite ? [{ keys: "n", label: t("register"), group: t("title"), run: () => router.push(registerHref) }] : [],
      [mayWrite, t, router, registerHref],
    ),
  );

  function ask(next: PatientFilters) {
    setFilters(next);
    pages.restart();
  }

  const register = mayWrite && (
    <LinkButton
      href={registerHref}
      leftSection={<IconUserPlus size={18} aria-hidden />}
      rightSection={<KeyCap>n</KeyCap>}
    >
      {t("register")}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {mayImport && (
          <LinkButton
            href={`/clinic/${slug}/patients/importation`}
            variant="default"
            leftSection={<IconUpload size={18} aria-hidden />}
          >
            {t("import")}
          </LinkButton>
        )}
        {register}
      </PageHead>
      <PageBody>
        <Filters filters={filters} onChange={ask} lists={<SavedLists filters={filters} onChoose={ask} />} />
        {page.isError ? (
          <ErrorPanel requestId={say(page.error).requestId} onRetry={() => void page.refetch()}>
            {say(page.error).message}
          </ErrorPanel>
        ) : (
          <DataTable
            label={t("title")}
            columns={columns}
            rows={page.data?.rows}
            rowKey={({ id }) => id}
            href={({ id }) => patientHref(slug, id)}
            paging={pages.paging(page.data?.rows, page.data?.after)}
            empty={
              <EmptyState icon={<IconUsers />} title={t(whole ? "nobody" : "empty")} action={register}>
                {t(whole ? "nobodyText" : "emptyText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
    </>
  );
}
