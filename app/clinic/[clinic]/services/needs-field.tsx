"use client";

import { ActionIcon, Button, MultiSelect, NumberInput, Select } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ResourceRecord } from "#server/schedule/resource/list-resources.ts";
import { type Requirement, resourceKinds } from "#server/schedule/service/schema.ts";
import classes from "./services.module.css";

/** As the database orders names. */
const byName = new Intl.Collator("fr-CA").compare;

interface NeedsFieldProps {
  value: readonly Requirement[];
  onChange: (needs: Requirement[]) => void;
  resources: readonly ResourceRecord[];
  /** By field id: `requirements-0-candidates`. */
  errors: Record<string, string>;
}

const ofType = "type:";

/** Who gives the service and what it takes: « one of these people », « a room of this type », « two of these four ». */
export function NeedsField({ value, onChange, resources, errors }: NeedsFieldProps) {
  const t = useTranslations("services.needs");
  const edit = (index: number, change: Partial<Requirement>) =>
    onChange(value.map((need, at) => (at === index ? { ...need, ...change } : need)));

  function choicesOf({ kind, candidates }: Requirement) {
    const there = resources.filter(
      (one) => one.kind === kind && (one.status === "active" || candidates.includes(one.id)),
    );
    const items = there.map(({ id, name }) => ({ value: id, label: name }));
    if (kind === "practitioner") return items;
    const types = [...new Set(there.map(({ type }) => type).filter(Boolean))].sort(byName);
    return [
      { group: t("byType"), items: types.map((type) => ({ value: `${ofType}${type}`, label: t("anyOf", { type }) })) },
      { group: t("oneByOne"), items },
    ].filter((group) => group.items.length > 0);
  }

  /** A type and names exclude each other: the last chosen wins. */
  function choose(index: number, chosen: string[]) {
    const last = chosen.at(-1);
    if (last?.startsWith(ofType)) return edit(index, { resourceType: last.slice(ofType.length), candidates: [] });
    edit(index, { resourceType: "", candidates: chosen.filter((one) => !one.startsWith(ofType)) });
  }

  return (
    <>
      <ul className={classes.needs}>
        {value.map((need, index) => {
          const at = `requirements-${index}`;
          const label = t(`which.${need.kind}`);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a need has no id; its place is what it is.
            <li key={index} className={classes.need}>
              <div>
                <Select
                  id={`${at}-kind`}
                  label={t("kind")}
                  data={resourceKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
                  value={need.kind}
                  onChange={(kind) => kind && edit(index, { kind: kind as "room", resourceType: "", candidates: [] })}
                  error={errors[`${at}-kind`]}
                  disabled={index === 0}
                />
              </div>
              <div className={classes.among}>
                <MultiSelect
                  id={`${at}-candidates`}
                  size="sm"
                  label={label}
                  placeholder={need.candidates.length === 0 && need.resourceType === "" ? t("choose") : undefined}
                  data={choicesOf(need)}
                  value={need.resourceType ? [`${ofType}${need.resourceType}`] : need.candidates}
                  onChange={(chosen) => choose(index, chosen)}
                  error={errors[`${at}-candidates`] ?? errors[`${at}-resourceType`]}
                  searchable
                  hidePickedOptions
                  nothingFoundMessage={t("nothing")}
                />
              </div>
              <div>
                <NumberInput
                  id={`${at}-quantity`}
                  label={t("quantity")}
                  min={1}
                  max={10}
                  value={need.quantity}
                  onChange={(quantity) => edit(index, { quantity: Number(quantity) })}
                  error={errors[`${at}-quantity`]}
                />
              </div>
              <ActionIcon
                className={classes.remove}
                variant="subtle"
                color="ardoise"
                size={36}
                aria-label={t("remove", { label })}
                onClick={() => onChange(value.filter((_, other) => other !== index))}
              >
                <IconX size={18} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      {value.length < 5 && (
        <div className={classes.acts}>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() =>
              onChange([
                ...value,
                { kind: value.length === 0 ? "practitioner" : "room", quantity: 1, resourceType: "", candidates: [] },
              ])
            }
          >
            {t(value.length === 0 ? "addPeople" : "addNeed")}
          </Button>
        </div>
      )}
    </>
  );
}
