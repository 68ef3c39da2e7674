"use client";

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import classes from "./hours.module.css";
import { inService, type Known } from "./known.ts";
import { WeekEditor } from "./week-editor.tsx";

/** The opening hours of the locations are chosen like somebody. */
const doors = "doors";

/** Whose week, where: chosen above, written below. */
export function Weeks({ resources, locations, today, mayManage }: Known) {
  const t = useTranslations("hours.weeks");
  const say = useErrorText();
  const trpc = useTRPC();
  const people = inService(resources, "practitioner");
  const [who, setWho] = useState(people[0]?.id ?? doors);
  const [where, setWhere] = useState<string>();
  const resourceId = who === doors ? null : who;
  const weeks = useQuery(trpc.schedule.hours.read.queryOptions({ resourceId }));
  const services = useQuery(trpc.schedule.service.list.queryOptions({ status: "active", most: 100 }));
  // Where this person works, before anywhere else.
  const week =
    weeks.data?.find(({ locationId }) => locationId === where) ??
    weeks.data?.find(({ rules }) => rules.length > 0) ??
    weeks.data?.[0];
  const failed = weeks.error ?? services.error;

  return (
    <>
      <div className={classes.choices}>
        <Select
          className={classes.who}
          label={t("who")}
          data={[
            ...(people.length > 0
              ? [{ group: t("people"), items: people.map(({ id, name }) => ({ value: id, label: name })) }]
              : []),
            { group: t("places"), items: [{ value: doors, label: t("doors") }] },
          ]}
          value={who}
          onChange={(next) => next && setWho(next)}
          searchable={people.length > 8}
        />
        {weeks.data && weeks.data.length > 1 && week && (
          <Select
            className={classes.where}
            label={t("where")}
            data={weeks.data.map(({ locationId, rules }) => ({
              value: locationId,
              label: nameOf(locations, locationId) + (rules.length === 0 ? t("noHours") : ""),
            }))}
            value={week.locationId}
            onChange={(next) => next && setWhere(next)}
          />
        )}
      </div>
      <p className={classes.lead}>{t(resourceId ? "lead" : "doorsLead")}</p>
      {failed && (
        <ErrorPanel requestId={say(failed).requestId} onRetry={() => void weeks.refetch()}>
          {say(failed).message}
        </ErrorPanel>
      )}
      {!failed && (!week || !services.data) && <SkeletonRows rows={7} />}
      {week && services.data && (
        <WeekEditor
          key={`${who} ${week.locationId}`}
          resourceId={resourceId}
          week={week}
          services={services.data.rows}
          others={people.filter(({ id }) => id !== who)}
          today={today}
          mayManage={mayManage}
          onSaved={() => void weeks.refetch()}
        />
      )}
    </>
  );
}

const nameOf = (locations: Known["locations"], wanted: string) => locations.find(({ id }) => id === wanted)?.name ?? "";
