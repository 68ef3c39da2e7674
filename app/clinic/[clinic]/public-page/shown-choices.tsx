"use client";

import { Checkbox } from "@mantine/core";
import classes from "./public-page.module.css";

interface ShownChoicesProps {
  label: string;
  choices: readonly { id: string; name: string }[];
  /** Said when there is nothing to choose. */
  none: string;
  hidden: string[];
  onChange: (hidden: string[]) => void;
}

/** Ticked is shown: what is kept is what is left off, so that a newcomer shows by itself. */
export function ShownChoices({ label, choices, none, hidden, onChange }: ShownChoicesProps) {
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>{label}</legend>
      {choices.length === 0 && <p className={classes.none}>{none}</p>}
      {choices.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={!hidden.includes(id)}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? hidden.filter((one) => one !== id) : [...hidden, id])
          }
        />
      ))}
    </fieldset>
  );
}
