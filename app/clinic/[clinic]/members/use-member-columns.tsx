"use client";

import { IconShieldCheck, IconShieldOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ListedMember } from "#server/membership/list-members.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import type { Column } from "../../../_ui/data-table/data-table.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import { PersonDisc } from "../../../_ui/person/person-disc.tsx";
import classes from "./members.module.css";
import { useLocationNames } from "./use-location-names.ts";

/** An address breaks before its @ and nowhere else. */
function Email({ address }: { address: string }) {
  const at = address.lastIndexOf("@");
  return (
    <span className={classes.email}>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </span>
  );
}

interface Columns {
  mayManage: boolean;
  selfId: string;
  timeZone: string;
}

/** What the list says of each member; the second factor only to those who can act on it. */
export function useMemberColumns({ mayManage, selfId, timeZone }: Columns): Column<ListedMember>[] {
  const t = useTranslations("team");
  const roles = useTranslations("workspace.roles");
  const { nameOf } = useLocationNames();
  const columns: Column<ListedMember>[] = [
    {
      key: "name",
      label: t("name"),
      cell: ({ displayName, email, userId }) => (
        <span className={classes.person}>
          <PersonDisc name={displayName} tone={userId === selfId ? "self" : "soft"} />
          <span className={classes.who}>
            <strong>{displayName}</strong>
            <Email address={email} />
          </span>
        </span>
      ),
    },
    {
      key: "role",
      label: t("role"),
      cell: ({ role, privacyOfficer }) => (
        <span className={classes.roles}>
          {roles(role)}
          {privacyOfficer && role !== "privacy_officer" && <Chip tone="info">{t("officerChip")}</Chip>}
        </span>
      ),
    },
    {
      key: "locations",
      label: t("locations"),
      secondary: true,
      cell: ({ locationIds }) => (locationIds ? locationIds.map(nameOf).join(", ") : t("everywhere")),
    },
    {
      key: "activity",
      label: t("lastActivity"),
      secondary: true,
      cell: ({ lastActivityAt }) =>
        lastActivityAt ? <Moment at={lastActivityAt} as="dateAndTime" timeZone={timeZone} /> : t("never"),
    },
  ];
  if (!mayManage) return columns;
  return [
    ...columns,
    {
      key: "factor",
      label: t("secondFactor"),
      secondary: true,
      cell: ({ secondFactor, status }) =>
        status === "inactive" || secondFactor === null ? (
          "–"
        ) : (
          <Chip
            tone={secondFactor ? "good" : "attention"}
            icon={secondFactor ? <IconShieldCheck size={14} /> : <IconShieldOff size={14} />}
          >
            {t(secondFactor ? "factorOn" : "factorOff")}
          </Chip>
        ),
    },
  ];
}
