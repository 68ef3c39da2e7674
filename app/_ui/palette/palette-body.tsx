"use client";

import { IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import { KeyCap } from "../key-cap/key-cap.tsx";
import classes from "./palette.module.css";
import { PaletteOption } from "./palette-option.tsx";
import { type PaletteItem, usePaletteSources } from "./palette-source.tsx";
import { type PaletteGroup, usePaletteResults } from "./use-palette-results.ts";

/**
 * The field and what it finds, as a combobox with a list: a screen reader hears each choice while the focus stays in the
 * field. (Mantine's Spotlight marks its choices by style only, so it is not used.)
 */
export function PaletteBody({ onChoose }: { onChoose: (item: PaletteItem) => void }) {
  const t = useTranslations("workspace.palette");
  const id = useId();
  const { sources } = usePaletteSources();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const { groups: found, searching, failed } = usePaletteResults(sources, query);
  const [actor, setActor] = useState<string>();
  const groups = withActs(found, actor, (name) => t("actsOn", { name }));
  const items = groups.flatMap((group) => group.items.map((item) => ({ item, key: `${group.id}:${item.id}` })));
  const current = items[Math.min(at, items.length - 1)];
  // The acts follow the line that was last chosen among those that have some; the first one before that.
  if (current?.item.acts && current.key !== actor) setActor(current.key);

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 };
    const target = moves[event.key];
    if (target !== undefined && items.length > 0) {
      event.preventDefault();
      const next = (target + items.length) % items.length;
      setAt(next);
      document.getElementById(`${id}-${items[next]?.key}`)?.scrollIntoView({ block: "nearest" });
    }
    if (event.key === "Enter" && current) {
      event.preventDefault();
      onChoose(current.item);
    }
  }

  return (
    <>
      <div className={classes.search}>
        <IconSearch size={20} aria-hidden />
        <input
          className={classes.input}
          data-autofocus
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={current && `${id}-${current.key}`}
          aria-autocomplete="list"
          aria-label={t("placeholder")}
          placeholder={t("placeholder")}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          maxLength={100}
          spellCheck={false}
          autoComplete="off"
        />
        <KeyCap>{t("escapeKey")}</KeyCap>
      </div>
      <div className={classes.results} role="listbox" id={`${id}-list`} aria-label={t("results")}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox.
          <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}`}>
            <p className={classes.group} id={`${id}-${group.id}`} role="presentation">
              {group.label}
            </p>
            {group.items.map((item) => {
              const key = `${group.id}:${item.id}`;
              const place = items.findIndex((other) => other.key === key);
              return (
                <PaletteOption
                  key={key}
                  id={`${id}-${key}`}
                  item={item}
                  query={query}
                  selected={current?.key === key}
                  onPoint={() => setAt(place)}
                  onChoose={() => onChoose(item)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <p className={classes.message} role="status" data-shown={items.length === 0 || failed || undefined}>
        {failed && t("failed")}
        {!failed && searching && t("searching")}
        {!failed && !searching && items.length === 0 && t("nothing", { query: query.trim() })}
      </p>
      <div className={classes.foot} aria-hidden>
        <span>
          <KeyCap>↑</KeyCap> <KeyCap>↓</KeyCap> {t("move")}
        </span>
        <span>
          <KeyCap>↵</KeyCap> {t("open")}
        </span>
      </div>
    </>
  );
}

/** The groups with, after the one that holds it, what can be done with the line that is chosen. */
function withActs(
  groups: readonly PaletteGroup[],
  actor: string | undefined,
  label: (name: string) => string,
): PaletteGroup[] {
  return groups.flatMap((group) => {
    const item = group.items.find(({ id }) => `${group.id}:${id}` === actor);
    return item?.acts ? [group, { id: `${group.id}-acts`, label: label(item.label), items: item.acts }] : [group];
  });
}
