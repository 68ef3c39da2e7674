"use client";

import { Button } from "@mantine/core";
import { IconArrowsMove, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { v7 } from "uuid";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./pane.module.css";
import type { PaneProps } from "./visit-pane.tsx";

/** A blocked time: whose, until when, and how it is given back. */
export function BlockPane({
  sitting,
  words,
  rights,
  acts,
  refresh,
  onMove,
  onGone,
}: PaneProps & { onGone: () => void }) {
  const t = useTranslations("agenda");
  const client = useTRPCClient();
  const toast = useToast();
  const title = words.sitting(sitting).title;
  const { localDate, localMinute, durationMinutes, resourceId, locationId } = sitting;

  const free = () =>
    acts.attempt(async () => {
      await client.appointment.unblock.mutate({ id: sitting.id, version: sitting.version });
      onGone();
      await refresh();
      toast({
        message: t("told.unblocked", { title }),
        onUndo: () =>
          acts.attempt(async () => {
            await client.appointment.block.mutate({
              id: v7(),
              resourceId,
              locationId,
              date: localDate,
              minute: localMinute,
              durationMinutes,
              title: sitting.title,
            });
            await refresh();
          }),
      });
    });

  return (
    <>
      <h2 className={classes.name}>{title}</h2>
      <p className={classes.identity}>{t("blockedHelp")}</p>
      {rights.write && (
        <div className={classes.acts}>
          <Button variant="default" leftSection={<IconArrowsMove size={18} aria-hidden />} onClick={onMove}>
            {t("move")}
          </Button>
          <Button variant="default" leftSection={<IconTrash size={18} aria-hidden />} onClick={free}>
            {t("unblock")}
          </Button>
        </div>
      )}
      <dl className={classes.facts}>
        <div className={classes.fact}>
          <dt>{t("facts.when")}</dt>
          <dd>
            {words.date(localDate)}, {words.span(localMinute, localMinute + durationMinutes)}
          </dd>
        </div>
        <div className={classes.fact}>
          <dt>{t("facts.for")}</dt>
          <dd>{words.resource(resourceId)}</dd>
        </div>
      </dl>
    </>
  );
}
