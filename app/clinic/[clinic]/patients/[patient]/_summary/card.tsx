"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useId } from "react";
import { useShortcutList } from "../../../../../_ui/shortcuts/use-shortcut-list.ts";
import { useUncover } from "../_documents/beside.tsx";
import classes from "./summary.module.css";

interface CardProps {
  title: string;
  count?: number;
  /** What the right column means, in words. */
  meaning?: ReactNode;
  /** 1 to 9: the key that opens it. */
  nth: number;
  open: boolean;
  onToggle: () => void;
  /** Absent: nothing may be written. */
  onAdd?: (() => void) | undefined;
  addLabel?: string;
  /** Beside the title: what is not shown at rest. */
  more?: ReactNode;
  /** Stands beside the plus: graphs. */
  acts?: ReactNode;
  children: ReactNode;
}

/** One card of the summary: opens in place, by its title or by its number; arrows walk its rows. */
export function Card({ title, count, meaning, nth, open, onToggle, onAdd, addLabel, more, acts, children }: CardProps) {
  const t = useTranslations("record.cards");
  const id = useId();
  const uncover = useUncover();
  useShortcutList([
    {
      keys: String(nth),
      label: t("open", { name: title }),
      group: t("group"),
      run: () => {
        const head = document.getElementById(id);
        uncover(head, () => {
          onToggle();
          head?.focus();
        });
      },
    },
  ]);
  return (
    <section className={classes.card} aria-labelledby={id} onKeyDown={walk}>
      <div className={classes.head}>
        <h2 className={classes.title}>
          <button type="button" id={id} className={classes.titleButton} aria-expanded={open} onClick={onToggle}>
            {title} {count !== undefined && <span className={classes.count}>{count}</span>}
          </button>
        </h2>
        <span className={classes.moreOf}>{more}</span>
        {meaning && <span className={classes.meaning}>{meaning}</span>}
        {acts}
        {onAdd && (
          <Tooltip label={addLabel} openDelay={400}>
            <ActionIcon
              className={classes.plus}
              variant="subtle"
              color="ardoise"
              size={24}
              aria-label={addLabel}
              onClick={onAdd}
            >
              <IconPlus size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {children}
    </section>
  );
}

/** ↑ and ↓ go from row to row; in a field they are the field's. */
function walk(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
  if (!row) return;
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")].filter((one) => one.checkVisibility());
  const next = rows[rows.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
