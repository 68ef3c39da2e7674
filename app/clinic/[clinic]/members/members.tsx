"use client";

import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus, IconSearch, IconTable, IconUsers } from "@tabler/icons-react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Role } from "#server/membership/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { Invitations } from "./invitations.tsx";
import { InviteForm } from "./invite-form.tsx";
import { LeaveClinic } from "./leave-clinic.tsx";
import { MemberForm } from "./member-form.tsx";
import classes from "./members.module.css";
import { useMemberColumns } from "./use-member-columns.tsx";

const most = 50;

interface MembersProps {
  home: string;
  self: { userId: string; role: Role };
  mayManage: boolean;
  mayInvite: boolean;
  timeZone: string;
}

/** The team, a page at a time; the open member beside it; who was asked, under it. */
export function Members({ home, self, mayManage, mayInvite, timeZone }: MembersProps) {
  const t = useTranslations("team");
  const say = useErrorText();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [status, setStatus] = useState<"active" | "inactive">("active");
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed, 250);
  const pages = usePages(most);
  const [open, setOpen] = useState<string>();
  const [inviting, setInviting] = useState(false);
  const page = useQuery({
    ...trpc.membership.list.queryOptions({ status, search, after: pages.last, most }),
    placeholderData: keepPreviousData,
  });
  const columns = useMemberColumns({ mayManage, selfId: self.userId, timeZone });
  const members = page.data && [...page.data.members];
  const opened = members?.find(({ id }) => id === open);
  const invite = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setInviting(true)}>
      {t("invite")}
    </Button>
  );

  return (
    <>
      <PageHead title={t("title")} context={page.data && <span>{t("count", { count: page.data.total })}</span>}>
        <LinkButton href={`${home}/members/permissions`} variant="default" leftSection={<IconTable size={18} />}>
          {t("whoMayWhat")}
        </LinkButton>
        {mayInvite && invite}
      </PageHead>
      <PageBody>
        <div className={classes.filters}>
          <TextInput
            aria-label={t("search")}
            placeholder={t("search")}
            leftSection={<IconSearch size={18} aria-hidden />}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              pages.restart();
            }}
            className={classes.search}
          />
          <SegmentedControl
            size="sm"
            aria-label={t("which")}
            value={status}
            onChange={(value) => {
              setStatus(value as "active" | "inactive");
              pages.restart();
            }}
            data={[
              { value: "active", label: t("active") },
              { value: "inactive", label: t("former") },
            ]}
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
            rows={members}
            rowKey={({ id }) => id}
            onOpen={mayManage ? ({ id }) => setOpen(id) : undefined}
            selected={open}
            paging={pages.paging(members, page.data?.next, page.data?.total)}
            empty={
              <EmptyState icon={<IconUsers />} title={t(status === "inactive" ? "noFormer" : "nobody")}>
                {t(status === "inactive" ? "noFormerText" : "nobodyText")}
              </EmptyState>
            }
          />
        )}
        {mayInvite && <Invitations timeZone={timeZone} />}
        <LeaveClinic />
      </PageBody>
      {opened && (
        <MemberForm
          key={`${opened.id}-${opened.version}`}
          member={opened}
          mayMakeOwner={self.role === "owner"}
          isSelf={opened.userId === self.userId}
          onClose={() => setOpen(undefined)}
          onSaved={() => {
            setOpen(undefined);
            void page.refetch();
          }}
        />
      )}
      {inviting && (
        <InviteForm
          mayMakeOwner={self.role === "owner"}
          onClose={() => setInviting(false)}
          onSent={() => {
            setInviting(false);
            void queries.invalidateQueries(trpc.invitation.list.pathFilter());
          }}
        />
      )}
    </>
  );
}
