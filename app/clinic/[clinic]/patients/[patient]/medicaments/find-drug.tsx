"use client";

import { Loader, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import type { DrugView } from "#server/drug/search-drugs.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import classes from "./medications.module.css";

interface FindDrugProps {
  field: RefObject<HTMLInputElement | null>;
  onPick: (drug: DrugView | string) => void;
}

/** A drug by its name, DIN or ingredient. Enter takes the first, ↓ walks them; words that are no product can be prescribed too. */
export function FindDrug({ field, onPick }: FindDrugProps) {
  const t = useTranslations("medications");
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 150);
  const found = useQuery({
    ...trpc.drug.search.queryOptions({ text: asked, most: 12 }),
    enabled: asked.length > 1,
    placeholderData: (before) => before,
  });
  const drugs = text.trim().length > 1 ? (found.data ?? []) : [];
  // The list of what was typed before is still read, and takes no press: it is about to move under the pointer.
  const isSettled = asked === text.trim() && !found.isFetching;
  // Enter that comes before the answer waits for it.
  const [isEager, setEager] = useState(false);
  const first = drugs[0];
  useEffect(() => {
    if (!isEager || !isSettled) return;
    setEager(false);
    if (!first) return;
    setText("");
    onPick(first);
  }, [isEager, isSettled, first, onPick]);

  function pick(drug: DrugView | string) {
    setText("");
    onPick(drug);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const list = [...(event.currentTarget.querySelectorAll<HTMLElement>("input, button[data-drug]") ?? [])];
    const at = list.indexOf(document.activeElement as HTMLElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      list[Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1))]?.focus();
    }
    if (event.key === "Escape" && text !== "") {
      event.preventDefault();
      setText("");
      field.current?.focus();
    }
    if (event.key === "Enter" && at === 0 && text.trim().length > 1 && !(event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      setEager(true);
    }
  }

  return (
    <search onKeyDown={onKeyDown} className={classes.find}>
      <TextInput
        ref={field}
        aria-label={t("search")}
        placeholder={t("search")}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={found.isFetching ? <Loader size={14} /> : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setEager(false);
        }}
        autoComplete="off"
      />
      {text.trim().length > 1 && (
        <ul className={classes.found} aria-label={t("searchResults")}>
          {drugs.map((drug) => (
            <li key={`${drug.din} ${drug.onMarket}`}>
              <button type="button" data-drug className={classes.drug} disabled={!isSettled} onClick={() => pick(drug)}>
                <strong>{`${drug.ingredients || drug.brand} ${drug.strength}`}</strong>
                <span className={classes.quiet}>
                  {[drug.brand, drug.form, drug.din, !drug.onMarket && t("notOnMarket")].filter(Boolean).join(" · ")}
                </span>
              </button>
            </li>
          ))}
          <li>
            <button
              type="button"
              data-drug
              className={classes.drug}
              disabled={!isSettled}
              onClick={() => pick(text.trim())}
            >
              <span>
                <IconPlus size={14} aria-hidden /> {t("freeText", { text: text.trim() })}
              </span>
            </button>
          </li>
        </ul>
      )}
    </search>
  );
}
