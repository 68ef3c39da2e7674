"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import type { BoardRow, BoardView } from "#server/appointment/record.ts";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { plain } from "../../../_ui/palette/match.ts";
import classes from "./arrival.module.css";
import { stateOf } from "./states.tsx";
import { useAgendaWords } from "./use-agenda-words.ts";

interface ArrivalDialogProps {
  board: BoardView;
  now: Date;
  onClose: () => void;
  onArrive: (row: BoardRow) => void;
  /** Opens the walk-in form here, or where it is. */
  onWalkIn?: () => void;
  walkInHref?: string;
}

const shown = 8;

/** Somebody stands at the desk: a few letters, Enter. The nearest in time come first. */
export function ArrivalDialog({ board, now, onClose, onArrive, onWalkIn, walkInHref }: ArrivalDialogProps) {
  const t = useTranslations("agenda.board");
  const words = useAgendaWords(board);
  const [typed, setTyped] = useState("");
  const asked = plain(typed.trim()).split(/\s+/u).filter(Boolean);
  const away = (row: BoardRow) => Math.abs(Date.parse(row.startsAt) - now.getTime());
  const rows = board.rows
    .filter((row) => ["expected", "noshow"].includes(stateOf(row)))
    .filter((row) => asked.every((word) => plain(row.name).includes(word)))
    .sort((one, other) => away(one) - away(other))
    .slice(0, shown);

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.nativeEvent.isComposing) return;
    const items = [...(event.currentTarget.querySelectorAll<HTMLElement>("[data-arrival]") ?? [])];
    const here = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === "Enter" && here < 0 && rows[0] && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      onArrive(rows[0]);
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    items[here + step]?.focus();
  }

  return (
    <Modal opened onClose={onClose} title={t("arrivalTitle")} size={520} yOffset="10vh" centered={false}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys only move the focus between the buttons inside. */}
      <div className={classes.arrival} onKeyDown={onKeyDown}>
        <TextInput
          label={t("search")}
          description={t("arrivalHelp")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        <ul className={classes.list}>
          {rows.map((row) => (
            <li key={row.id}>
              <button type="button" className={classes.row} data-arrival onClick={() => onArrive(row)}>
                <span className={classes.time}>{words.minute(row.localMinute)}</span>
                <span className={classes.name}>{row.name}</span>
                <span className={classes.what}>
                  {[words.resource(row.resourceId), words.service(row.serviceId)].filter(Boolean).join(" · ")}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {rows.length === 0 && <p className={classes.none}>{t("nobodyExpected")}</p>}
        {onWalkIn && (
          <Button variant="default" onClick={onWalkIn}>
            {t("notExpected")}
          </Button>
        )}
        {walkInHref && (
          <LinkButton href={walkInHref} variant="default">
            {t("notExpected")}
          </LinkButton>
        )}
      </div>
    </Modal>
  );
}
