"use client";

import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAddressBook, IconPlus, IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CorrespondentRecord } from "#server/correspondent/record.ts";
import { type CorrespondentKind, correspondentKinds } from "#server/correspondent/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { correspondentName, readableNumber } from "../_letters/correspondent-name.ts";
import { CorrespondentForm } from "./correspondent-form.tsx";
import classes from "./directory.module.css";

const most = 50;

/** The directory: found by any part of a name, a specialty or a city, accents aside. */
export function Directory({ mayWrite, mayRead }: { mayWrite: boolean; mayRead: boolean }) {
  const t = useTranslations("directory");
  const say = useErrorText();
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const [text] = useDebouncedValue(typed, 200);
  const [kind, setKind] = useState<CorrespondentKind | null>(null);
  const [status, setStatus] = useState<"active" | "inactive">("active");
  const pages = usePages(most);
  const page = useQuery({
    ...trpc.correspondent.list.queryOptions({ text, status, ...(kind && { kind }), after: pages.last, most }),
    placeholderData: keepPreviousData,
  });
  const [open, setOpen] = useState<CorrespondentRecord | "new">();
  const columns = useColumns();
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen("new")}>
      {t("add")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {mayWrite && add}
      </PageHead>
      <PageBody>
        <div className={classes.filters}>
          <TextInput
            className={classes.search}
            aria-label={t("search")}
            placeholder={t("search")}
            leftSection={<IconSearch size={18} aria-hidden />}
            value={typed}
            maxLength={200}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              pages.restart();
            }}
            autoComplete="off"
            type="search"
          />
          <Select
            aria-label={t("kind")}
            placeholder={t("allKinds")}
            data={correspondentKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            value={kind}
            onChange={(next) => {
              setKind(next as CorrespondentKind | null);
              pages.restart();
            }}
            clearable
          />
          <SegmentedControl
            aria-label={t("status")}
            data={(["active", "inactive"] as const).map((value) => ({ value, label: t(`statuses.${value}`) }))}
            value={status}
            onChange={(next) => {
              setStatus(next as typeof status);
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
            label={t("title")}
            columns={columns}
            rows={page.data?.rows}
            rowKey={({ id }) => id}
            {...((mayWrite || mayRead) && { onOpen: setOpen })}
            selected={open === "new" ? undefined : open?.id}
            paging={pages.paging(page.data?.rows, page.data?.after)}
            empty={
              <EmptyState
                icon={<IconAddressBook size={24} />}
                title={t(text ? "noneFound" : "none")}
                action={mayWrite && add}
              >
                {t("noneText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
      {open && (
        <CorrespondentForm
          key={open === "new" ? "new" : open.id}
          correspondent={open === "new" ? undefined : open}
          mayRead={mayRead}
          onClose={() => setOpen(undefined)}
          onSaved={() => {
            setOpen(undefined);
            void page.refetch();
          }}
        />
      )}
    </>
  );
}

function useColumns(): Column<CorrespondentRecord>[] {
  const t = useTranslations("directory");
  return [
    {
      key: "name",
      label: t("name"),
      cell: (one) => (
        <>
          <strong>{correspondentName(one)}</strong>
          <span className={classes.under}>
            {(one.kind === "practitioner" && one.name) || one.addressLine || t(`kinds.${one.kind}`)}
          </span>
        </>
      ),
    },
    { key: "specialty", label: t("specialty"), cell: ({ specialty, kind }) => specialty || t(`kinds.${kind}`) },
    { key: "city", label: t("city"), secondary: true, cell: ({ city }) => city },
    {
      key: "phone",
      label: t("phone"),
      secondary: true,
      cell: ({ phone }) => <span className="cv-nowrap">{readableNumber(phone)}</span>,
    },
    {
      key: "fax",
      label: t("fax"),
      secondary: true,
      cell: ({ fax }) => <span className="cv-nowrap">{readableNumber(fax)}</span>,
    },
  ];
}
