"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { historyKinds } from "#server/history/schema.ts";
import type { HistoryView } from "#server/summary/record.ts";
import { Card } from "./card.tsx";
import { EntryActs } from "./entry-acts.tsx";
import { HistoryForm } from "./history-form.tsx";
import { Row } from "./row.tsx";
import classes from "./summary.module.css";
import type { CardOf } from "./summary.tsx";
import { useShown } from "./use-shown.ts";

/** What happened before: three lines at rest, one entry a line when the card is open. */
export function HistoryCard({
  history,
  patientId,
  mayWrite,
  nth,
  asked,
}: CardOf & { history: readonly HistoryView[] }) {
  const t = useTranslations("record");
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useShown(asked);
  const [heard, setHeard] = useState(asked);
  const close = () => setShown(undefined);
  // Its row is on the card only when the card is open.
  if (asked !== heard) {
    setHeard(asked);
    if (history.some(({ id }) => id === asked?.id)) setOpen(true);
  }
  function open(id: string) {
    setOpen(true);
    setShown(id);
  }
  const say = ({ kind, relation, label, occurred, atAge }: HistoryView) => {
    const isOf = kind === "family" && relation !== "";
    const said = isOf
      ? t("history.of", {
          relation: t(`history.relations.${relation}`),
          label: label.charAt(0).toLocaleLowerCase() + label.slice(1),
        })
      : label;
    const age = atAge === null ? "" : t("history.at", { years: atAge });
    return [said, occurred, age].filter(Boolean).join(" ");
  };
  const active = history.filter(({ status }) => status === "active");
  return (
    <Card
      title={t("history.title")}
      nth={nth}
      open={isOpen}
      onToggle={() => setOpen((before) => !before)}
      onAdd={mayWrite ? () => setShown("new") : undefined}
      addLabel={t("history.add")}
    >
      {shown === "new" && <HistoryForm patientId={patientId} onClose={close} onOpen={open} />}
      {history.length === 0 && shown !== "new" && <p className={classes.none}>{t("none")}</p>}
      {historyKinds.map((kind) => {
        const entries = (isOpen ? history : active).filter((one) => one.kind === kind);
        if (entries.length === 0) return null;
        return (
          <div key={kind} className={classes.historyKind}>
            <span className={classes.kind}>{t(`history.kinds.${kind}`)}</span>
            {isOpen ? (
              <ul className={classes.rows}>
                {entries.map((one) => (
                  <Row
                    key={one.id}
                    open={shown === one.id}
                    asked={asked?.id === one.id ? asked : undefined}
                    onToggle={() => setShown((before) => (before === one.id ? undefined : one.id))}
                    quiet={one.status === "ended"}
                    detail={
                      <>
                        {mayWrite ? (
                          <HistoryForm patientId={patientId} entry={one} onClose={close} onOpen={open} />
                        ) : (
                          one.note
                        )}
                        <EntryActs
                          {...one}
                          kind="history"
                          mayWrite={mayWrite}
                          onGone={close}
                          task={{ title: one.label, patientId, focus: { kind: "history", id: one.id } }}
                        />
                      </>
                    }
                  >
                    {say(one)}
                  </Row>
                ))}
              </ul>
            ) : (
              <button type="button" className={classes.historyLine} data-row onClick={() => setOpen(true)}>
                {entries.map(say).join(" · ")}
              </button>
            )}
          </div>
        );
      })}
    </Card>
  );
}
