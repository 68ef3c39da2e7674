"use client";

import { ActionIcon, Button } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconNotes } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ConditionView, LastValue } from "#server/summary/record.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { useProblemNotes } from "../_note/problem-notes.tsx";
import { Card } from "./card.tsx";
import { ConditionForm } from "./condition-form.tsx";
import { EntryActs } from "./entry-acts.tsx";
import { LastMeasured } from "./last-measured.tsx";
import { Row } from "./row.tsx";
import classes from "./summary.module.css";
import type { CardOf } from "./summary.tsx";
import { useShown } from "./use-shown.ts";
import { useRefreshRecord } from "./use-summary.ts";

interface ConditionsCardProps extends CardOf {
  conditions: readonly ConditionView[];
  values: readonly LastValue[];
}

/** What is wrong, in the order that the team gave it, each with the measure that tells how it goes. */
export function ConditionsCard({ conditions, values, patientId, mayWrite, nth, asked }: ConditionsCardProps) {
  const t = useTranslations("record");
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useShown(asked);
  const askNotes = useProblemNotes();
  const move = useMove(patientId);
  const active = conditions.filter(({ status }) => status === "active");
  const resolved = conditions.filter(({ status }) => status === "resolved");
  const close = () => setShown(undefined);
  const row = (one: ConditionView, at: number) => (
    <Row
      key={one.id}
      open={shown === one.id}
      asked={asked?.id === one.id ? asked : undefined}
      onToggle={() => setShown((before) => (before === one.id ? undefined : one.id))}
      quiet={one.status === "resolved"}
      right={one.measure && one.status === "active" && <LastMeasured code={one.measure} values={values} />}
      detail={
        <>
          {one.notes > 0 && (
            <span className={classes.actRow}>
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<IconNotes size={16} aria-hidden />}
                onClick={() => askNotes({ id: one.id, label: one.label })}
              >
                {t("problems.notes", { count: one.notes })}
              </Button>
            </span>
          )}
          {mayWrite ? (
            <ConditionForm patientId={patientId} condition={one} onClose={close} onOpen={setShown} />
          ) : (
            one.note
          )}
          {mayWrite && one.status === "active" && active.length > 1 && (
            <span className={classes.actRow}>
              <ActionIcon
                variant="default"
                size={28}
                aria-label={t("problems.up")}
                disabled={at === 0}
                onClick={() => move(active, at, -1)}
              >
                <IconArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="default"
                size={28}
                aria-label={t("problems.down")}
                disabled={at === active.length - 1}
                onClick={() => move(active, at, 1)}
              >
                <IconArrowDown size={16} aria-hidden />
              </ActionIcon>
            </span>
          )}
          <EntryActs
            kind="condition"
            {...one}
            mayWrite={mayWrite}
            onGone={close}
            task={{ title: one.label, patientId, focus: { kind: "condition", id: one.id } }}
          />
        </>
      }
    >
      <span className={classes.name}>{one.label}</span> {one.onset && <span className={classes.when}>{one.onset}</span>}
      {one.abatement && <span className={classes.when}>– {one.abatement}</span>}
    </Row>
  );
  return (
    <Card
      title={t("problems.title")}
      count={active.length}
      meaning={active.some(({ measure }) => measure) && t("problems.meaning")}
      nth={nth}
      open={isOpen}
      onToggle={() => setOpen((before) => !before)}
      onAdd={mayWrite ? () => setShown("new") : undefined}
      addLabel={t("problems.add")}
      more={
        resolved.length > 0 &&
        !isOpen && (
          <button type="button" className={classes.more} onClick={() => setOpen(true)}>
            {t("problems.resolved", { count: resolved.length })}
          </button>
        )
      }
    >
      {shown === "new" && <ConditionForm patientId={patientId} onClose={close} onOpen={setShown} />}
      {conditions.length === 0 && shown !== "new" && <p className={classes.none}>{t("none")}</p>}
      <ul className={classes.rows}>{active.map(row)}</ul>
      {resolved.length > 0 && isOpen && (
        <>
          <h3 className={classes.under}>{t("problems.ended")}</h3>
          <ul className={classes.rows}>{resolved.map(row)}</ul>
        </>
      )}
    </Card>
  );
}

/** One place up or down; somebody who moved them meanwhile is not overwritten. */
function useMove(patientId: string) {
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const refresh = useRefreshRecord();
  return async (active: readonly ConditionView[], at: number, by: 1 | -1) => {
    const order = active.map(({ id, version }) => ({ id, version }));
    const [moved] = order.splice(at, 1);
    if (!moved) return;
    order.splice(at + by, 0, moved);
    try {
      await client.condition.order.mutate({ patientId, order });
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
    await refresh();
  };
}
