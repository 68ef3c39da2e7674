"use client";

import { MultiSelect, Radio, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type Role, roles } from "#server/membership/schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import classes from "./members.module.css";
import { useLocationNames } from "./use-location-names.ts";

export interface Placement {
  role: Role;
  locationIds: string[] | null;
  supervisorId: string | null;
}

interface PlacementFieldsProps {
  values: Placement;
  set: (edit: Partial<Placement>) => void;
  errors: Record<string, string>;
  mayMakeOwner: boolean;
  /** Whose place it is: nobody supervises themselves. */
  memberId?: string;
}

/** What somebody is in the clinic: role, where, and under whom. */
export function PlacementFields({ values, set, errors, mayMakeOwner, memberId }: PlacementFieldsProps) {
  const t = useTranslations("team");
  const names = useTranslations("workspace.roles");
  const { locations, nameOf } = useLocationNames();
  const offered = roles.filter((role) => mayMakeOwner || role !== "owner" || values.role === "owner");
  const everywhere = values.locationIds === null;
  const choices = [...new Set([...locations.map(({ id }) => id), ...(values.locationIds ?? [])])];

  return (
    <>
      <Select
        id="role"
        label={t("role")}
        description={t(`roleHelp.${values.role}`)}
        data={offered.map((value) => ({ value, label: names(value) }))}
        value={values.role}
        onChange={(role) => role && set({ role: role as Role })}
        error={errors.role}
      />
      {values.role === "trainee" && (
        <SupervisorSelect
          value={values.supervisorId}
          onChange={(supervisorId) => set({ supervisorId })}
          error={errors.supervisorId}
          memberId={memberId}
        />
      )}
      <Radio.Group
        label={t("where")}
        value={everywhere ? "all" : "some"}
        onChange={(value) => set({ locationIds: value === "all" ? null : [] })}
      >
        <div className={classes.radios}>
          <Radio value="all" label={t("everywhere")} />
          <Radio value="some" label={t("someLocations")} />
        </div>
      </Radio.Group>
      {!everywhere && (
        <MultiSelect
          id="locationIds"
          aria-label={t("locations")}
          data={choices.map((value) => ({ value, label: nameOf(value) }))}
          value={values.locationIds ?? []}
          onChange={(locationIds) => set({ locationIds })}
          error={errors.locationIds}
          placeholder={t("chooseLocations")}
        />
      )}
    </>
  );
}

interface SupervisorSelectProps {
  value: string | null;
  onChange: (id: string | null) => void;
  error: string | undefined;
  memberId: string | undefined;
}

function SupervisorSelect({ value, onChange, error, memberId }: SupervisorSelectProps) {
  const t = useTranslations("team");
  const trpc = useTRPC();
  const { data } = useQuery(trpc.membership.list.queryOptions({ most: 100 }));
  const able = (data?.members ?? []).filter(
    ({ id, role }) => id !== memberId && ["owner", "administrator", "professional"].includes(role),
  );
  return (
    <Select
      id="supervisorId"
      label={t("supervisor")}
      placeholder={t("chooseSupervisor")}
      data={able.map(({ id, displayName }) => ({ value: id, label: displayName }))}
      value={value}
      onChange={onChange}
      error={error}
      searchable
    />
  );
}
