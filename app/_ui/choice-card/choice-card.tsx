"use client";

import { useId } from "@mantine/hooks";
import { IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./choice-card.module.css";

type ChoiceCardProps = {
  type: "checkbox" | "radio";
  name: string;
  value: string;
  label: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
  checked?: boolean;
  defaultChecked?: boolean;
  onChange?: (checked: boolean) => void;
};

/** One choice as a card of at least 44 px: the whole card is the target, and a real box or button is inside it. */
export function ChoiceCard({ type, label, description, onChange, ...input }: ChoiceCardProps) {
  const id = useId();
  return (
    <label className={classes.card}>
      <input
        {...input}
        type={type}
        className={classes.input}
        onChange={onChange && ((event) => onChange(event.currentTarget.checked))}
        readOnly={input.checked !== undefined && !onChange}
        aria-describedby={description ? id : undefined}
      />
      <span className={classes.mark} data-type={type} aria-hidden>
        {type === "checkbox" && <IconCheck size={16} stroke={3} />}
      </span>
      <span className={classes.words}>
        <span className={classes.label}>{label}</span>
        {description && (
          <span className={classes.description} id={id}>
            {description}
          </span>
        )}
      </span>
    </label>
  );
}

type ChoiceGroupProps = {
  legend: ReactNode;
  /** Said in grey beside the legend. */
  hint?: ReactNode;
  error?: string;
  /** Cards side by side on a desk; two on a phone when it is more than two. */
  columns?: 1 | 2 | 3 | 4;
  /** Where an error summary's link lands. */
  id?: string;
  children: ReactNode;
};

/** Choices that answer one question. */
export function ChoiceGroup({ legend, hint, error, columns = 1, id, children }: ChoiceGroupProps) {
  const errorId = useId();
  return (
    <fieldset className={classes.group} id={id} tabIndex={-1} aria-describedby={error ? errorId : undefined}>
      <legend className={classes.legend}>
        {legend} {hint && <span className={classes.hint}>{hint}</span>}
      </legend>
      <div className={classes.grid} data-columns={columns}>
        {children}
      </div>
      {error && (
        <p className={classes.error} id={errorId}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
