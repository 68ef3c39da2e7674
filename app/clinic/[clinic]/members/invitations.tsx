"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { OpenInvitation } from "#server/membership/list-invitations.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { ConfirmDialog } from "../../../_ui/confirm/confirm-dialog.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { Moment } from "../../../_ui/moment/moment.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./members.module.css";

const most = 50;

/** Who was asked and has not answered yet. Nothing is shown when nobody was. */
export function Invitations({ timeZone }: { timeZone: string }) {
  const t = useTranslations("team");
  const roles = useTranslations("workspace.roles");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const pages = usePages(most);
  const [taking, setTaking] = useState<OpenInvitation>();
  const page = useQuery(trpc.invitation.list.queryOptions({ after: pages.last, most }));
  const invitations = page.data?.invitations ?? [];

  async function act(what: "renew" | "revoke", { id, version, email }: OpenInvitation) {
    try {
      await client.invitation[what].mutate({ id, version });
      toast({ message: t(what === "renew" ? "renewed" : "revoked", { email }) });
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
    await page.refetch();
  }

  const columns: Column<OpenInvitation>[] = [
    {
      key: "who",
      label: t("invitedWho"),
      cell: ({ email, displayName }) => (
        <span className={classes.who}>
          <strong>{displayName || email}</strong>
          {displayName && <span className={classes.email}>{email}</span>}
        </span>
      ),
    },
    { key: "role", label: t("role"), secondary: true, cell: ({ role }) => roles(role) },
    {
      key: "until",
      label: t("until"),
      cell: ({ expiresAt, expired }) =>
        expired ? (
          <Chip tone="attention">{t("expired")}</Chip>
        ) : (
          <Moment at={expiresAt} as="dateAndTime" timeZone={timeZone} />
        ),
    },
    {
      key: "acts",
      label: t("acts"),
      align: "end",
      cell: (invitation) => (
        <span className={classes.rowActs}>
          <Button size="compact-sm" variant="default" onClick={() => void act("renew", invitation)}>
            {t("renew")}
          </Button>
          <Button size="compact-sm" variant="subtle" color="brique" onClick={() => setTaking(invitation)}>
            {t("revoke")}
          </Button>
        </span>
      ),
    },
  ];

  if (invitations.length === 0 && pages.last === undefined) return null;
  return (
    <div className={classes.invitations}>
      <Section title={t("invitations")} count={invitations.length} lead={t("invitationsLead")}>
        <DataTable
          label={t("invitations")}
          columns={columns}
          rows={invitations}
          rowKey={({ id }) => id}
          paging={pages.paging(invitations, page.data?.next)}
          empty={null}
        />
      </Section>
      <ConfirmDialog
        opened={taking !== undefined}
        onClose={() => setTaking(undefined)}
        title={t("revokeTitle", { email: taking?.email ?? "" })}
        consequences={[t("revokeLink"), t("revokeAgain")]}
        verb={t("revoke")}
        danger
        onConfirm={async () => {
          if (taking) await act("revoke", taking);
          setTaking(undefined);
        }}
      />
    </div>
  );
}
