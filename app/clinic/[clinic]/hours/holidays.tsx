"use client";

import { Button, Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./hours.module.css";

/** The statutory holidays of eighteen months: all are closed in one gesture, or those that are left checked. */
export function Holidays({ mayManage }: { mayManage: boolean }) {
  const t = useTranslations("hours.holidays");
  const format = useFormatter();
  const say = useErrorText();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const toast = useToast();
  const holidays = useQuery(trpc.schedule.exception.holidays.queryOptions());
  const [edited, setEdited] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [busy, setBusy] = useState(false);

  if (holidays.isError)
    return (
      <ErrorPanel requestId={say(holidays.error).requestId} onRetry={() => void holidays.refetch()}>
        {say(holidays.error).message}
      </ErrorPanel>
    );
  if (!holidays.data) return <SkeletonRows rows={10} />;

  // One of the two days of Easter is the employer's to choose: most take the Friday.
  const isChosen = ({ date, key }: { date: string; key: string }) => edited.get(date) ?? key !== "easterMonday";
  const dates = holidays.data.filter((one) => !one.closed && isChosen(one)).map(({ date }) => date);

  async function accept() {
    if (busy) return;
    setBusy(true);
    try {
      const { closed } = await client.schedule.exception.acceptHolidays.mutate({ dates });
      toast({ message: t("accepted", { count: closed }) });
      await holidays.refetch();
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <p className={classes.lead}>{t("lead")}</p>
      <ul className={classes.holidays}>
        {holidays.data.map((one) => {
          const day = format.dateTime(new Date(`${one.date}T12:00:00Z`), { timeZone: "UTC", dateStyle: "full" });
          return (
            <li key={one.date} className={classes.holiday}>
              <Checkbox
                label={t(`names.${one.key}`)}
                description={day}
                checked={one.closed || isChosen(one)}
                disabled={one.closed || !mayManage}
                onChange={(event) => setEdited(new Map(edited).set(one.date, event.currentTarget.checked))}
              />
              {one.visits > 0 && <Chip tone="attention">{t("visits", { count: one.visits })}</Chip>}
              {one.closed && <Chip tone="good">{t("closed")}</Chip>}
            </li>
          );
        })}
      </ul>
      {mayManage && dates.length > 0 && (
        <Button onClick={() => void accept()} loading={busy}>
          {t("accept", { count: dates.length })}
        </Button>
      )}
      {dates.length === 0 && <p className={classes.lead}>{t("done")}</p>}
    </>
  );
}
