"use client";

import { ActionIcon, Button, Menu, SegmentedControl } from "@mantine/core";
import {
  IconBarrierBlock,
  IconCalendarDot,
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  IconDots,
  IconFilter,
  IconPlus,
  IconPrinter,
} from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { AgendaView, ResourceView } from "#server/appointment/record.ts";
import { startOfWeek } from "#server/schedule/week.ts";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { addDays, addMonths, dayDate } from "../_schedule/wall-time.ts";
import classes from "./agenda.module.css";
import type { AgendaAddress } from "./use-agenda-address.ts";

/** More have a bar of their own over the grid. */
const mostInMenu = 6;

/** The day that a step forward or back leads to, in each view. */
export function stepDay(view: AgendaAddress["view"], date: string, step: 1 | -1): string {
  if (view === "month") return addMonths(date, step);
  return addDays(date, view === "day" ? step : step * 7);
}

interface AgendaHeadProps {
  address: AgendaAddress;
  date: string;
  agenda: AgendaView | undefined;
  /** Who has a column on this day. */
  present: readonly ResourceView[];
  counts: string;
  mayWrite: boolean;
  go: (change: Partial<AgendaAddress>) => void;
  onNew: () => void;
  onBlock: () => void;
}

/** Which day, which view, whose columns; at the far right the one primary act. */
export function AgendaHead({ address, date, agenda, go, ...props }: AgendaHeadProps) {
  const t = useTranslations("agenda");
  const format = useFormatter();
  const { view } = address;
  const said = (day: string, form: "longDate" | "dayAndMonth") =>
    format.dateTime(dayDate(day), form, { timeZone: "UTC" });
  const title =
    view === "day"
      ? said(date, "longDate")
      : view === "month"
        ? format.dateTime(dayDate(date), { month: "long", year: "numeric", timeZone: "UTC" })
        : view === "week"
          ? t("weekOf", { day: said(startOfWeek(date), "dayAndMonth") })
          : t("fromTo", { from: said(date, "dayAndMonth"), until: said(addDays(date, 6), "dayAndMonth") });
  const step = (by: 1 | -1) => go({ date: stepDay(view, date, by), open: undefined });
  const locations = agenda?.locations.filter(({ status }) => status === "active") ?? [];
  const filtered = address.location !== null || address.colour !== "state";

  return (
    <div className={classes.head}>
      <h1 className={classes.title}>{title}</h1>
      <div className={classes.around}>
        <ActionIcon variant="default" size={36} onClick={() => step(-1)} aria-label={t(`before.${view}`)}>
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <Button variant="default" onClick={() => go({ date: undefined, open: undefined })}>
          <IconCalendarDot size={18} className={classes.sign} aria-hidden />
          <span className={classes.word}>{t("todayButton")}</span>
        </Button>
        <ActionIcon variant="default" size={36} onClick={() => step(1)} aria-label={t(`after.${view}`)}>
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </div>
      <SegmentedControl
        className={classes.views}
        value={view}
        onChange={(next) => go({ view: next as AgendaAddress["view"] })}
        aria-label={t("view")}
        data={(["day", "week", "month", "list"] as const).map((value) => ({ value, label: t(`views.${value}`) }))}
      />
      <Menu position="bottom-start" withinPortal={false}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconFilter size={18} aria-hidden />}
            data-filtered={filtered || undefined}
            className={classes.filter}
          >
            <span className={classes.word}>{t("filters")}</span>
            {filtered && <span className={classes.dot} aria-hidden />}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t("columns")}</Menu.Label>
          {(["practitioner", "room"] as const).map((by) => (
            <Choice key={by} chosen={address.by === by} onChoose={() => go({ by, who: [] })} label={t(`by.${by}`)} />
          ))}
          {props.present.length > 1 && view === "day" && (
            <>
              <Menu.Label>{t("whose")}</Menu.Label>
              {props.present.slice(0, mostInMenu).map(({ id, name }) => (
                <Choice
                  key={id}
                  chosen={address.who.includes(id)}
                  onChoose={() =>
                    go({
                      who: address.who.includes(id) ? address.who.filter((one) => one !== id) : [...address.who, id],
                    })
                  }
                  label={name}
                  several
                />
              ))}
            </>
          )}
          <Menu.Label>{t("colours")}</Menu.Label>
          {(["state", "service"] as const).map((colour) => (
            <Choice
              key={colour}
              chosen={address.colour === colour}
              onChoose={() => go({ colour })}
              label={t(`colour.${colour}`)}
            />
          ))}
          {locations.length > 1 && (
            <>
              <Menu.Label>{t("place")}</Menu.Label>
              <Choice
                chosen={address.location === null}
                onChoose={() => go({ location: null })}
                label={t("allPlaces")}
              />
              {locations.map(({ id, name }) => (
                <Choice key={id} chosen={address.location === id} onChoose={() => go({ location: id })} label={name} />
              ))}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <span className={classes.counts}>{props.counts}</span>
      <div className={classes.acts}>
        <Menu position="bottom-end" withinPortal={false}>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t("moreActs")}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {props.mayWrite && (
              <Menu.Item leftSection={<IconBarrierBlock size={18} aria-hidden />} onClick={props.onBlock}>
                {t("block.title")}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
              {t("print")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {props.mayWrite && (
          <Button
            leftSection={<IconPlus size={18} aria-hidden />}
            rightSection={<KeyCap>n</KeyCap>}
            className={classes.new}
            onClick={props.onNew}
            aria-keyshortcuts="n"
          >
            <span className={classes.word}>{t("new")}</span>
          </Button>
        )}
      </div>
    </div>
  );
}

interface ChoiceProps {
  chosen: boolean;
  onChoose: () => void;
  label: string;
  /** One of several that may be chosen together. */
  several?: boolean;
}

function Choice({ chosen, onChoose, label, several }: ChoiceProps) {
  return (
    <Menu.Item
      role={several ? "menuitemcheckbox" : "menuitemradio"}
      closeMenuOnClick={!several}
      aria-checked={chosen}
      onClick={onChoose}
      rightSection={chosen ? <IconCheck size={16} aria-hidden /> : undefined}
    >
      {label}
    </Menu.Item>
  );
}
