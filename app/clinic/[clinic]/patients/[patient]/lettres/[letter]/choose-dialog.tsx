"use client";

import { Button, Checkbox, Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFocusBack } from "../../../../../../_ui/focus/use-focus-back.ts";
import classes from "./letter.module.css";

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly more: string;
  /** Why it cannot be chosen. */
  readonly refused?: string;
}

interface ChooseDialogProps {
  title: string;
  verb: string;
  groups: readonly { readonly title: string; readonly choices: readonly Choice[] }[];
  onChoose: (ids: readonly string[]) => void;
  onClose: () => void;
}

/** What the chart holds, by check boxes; in the order in which they were checked. */
export function ChooseDialog({ title, verb, groups, onChoose, onClose }: ChooseDialogProps) {
  const t = useTranslations("letters");
  useFocusBack();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const shown = groups.filter(({ choices }) => choices.length > 0);
  const first = shown.flatMap(({ choices }) => choices).find(({ refused }) => refused === undefined);
  return (
    <Modal opened onClose={onClose} title={title} size={560}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length > 0) onChoose(chosen);
        }}
      >
        {shown.length === 0 && <p className={classes.quiet}>{t("nothingToChoose")}</p>}
        {shown.map((group) => (
          <fieldset key={group.title} className={classes.choices}>
            <legend>{group.title}</legend>
            {group.choices.map(({ id, label, more, refused }) => (
              <Checkbox
                key={id}
                data-autofocus={id === first?.id || undefined}
                label={label}
                description={refused ?? more}
                disabled={refused !== undefined}
                checked={chosen.includes(id)}
                onChange={(event) =>
                  setChosen(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
                }
              />
            ))}
          </fieldset>
        ))}
        <div className={classes.dialogActs}>
          <Button type="submit" disabled={chosen.length === 0}>
            {verb}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {t("cancel")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
