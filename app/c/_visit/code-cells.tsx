"use client";

import { type ChangeEvent, useId, useState } from "react";
import classes from "../../_ui/code-input/code-input.module.css";
import field from "./field.module.css";

interface CodeCellsProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  onChange: (code: string) => void;
  /** Called once with the whole code as soon as its last digit is there. */
  onComplete: (code: string) => void;
  disabled?: boolean;
  id?: string;
}

const length = 6;

/** Six digits in cells, as the house's CodeInput, for a page without its library: one real field lies beneath, so that pasting and one-time codes work. */
export function CodeCells({ label, hint, error, value, onChange, onComplete, disabled, id: given }: CodeCellsProps) {
  const own = useId();
  const id = given ?? own;
  const [focused, setFocused] = useState(false);
  const current = Math.min(value.length, length - 1);

  function change(event: ChangeEvent<HTMLInputElement>) {
    const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, length);
    if (digits === value) return;
    onChange(digits);
    if (digits.length === length) onComplete(digits);
  }

  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={field.field}>
      <label htmlFor={id} className={field.label}>
        {label}
      </label>
      <div className={classes.field} data-error={Boolean(error) || undefined} data-disabled={disabled || undefined}>
        {Array.from({ length }, (_, at) => ({ key: `cell-${at}`, at })).map(({ key, at }) => (
          <span
            key={key}
            className={classes.cell}
            data-current={(focused && at === current) || undefined}
            data-middle={at === length / 2 || undefined}
            aria-hidden
          >
            {value[at] ?? (focused && at === current && <span className={classes.caret} />)}
          </span>
        ))}
        <input
          id={id}
          className={classes.input}
          value={value}
          onChange={change}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={length * 2 + 4}
          disabled={disabled}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
        />
      </div>
      {hint && (
        <p className={field.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className={field.error} id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
