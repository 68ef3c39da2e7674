"use client";

import { Input } from "@mantine/core";
import { useId } from "@mantine/hooks";
import { type ChangeEvent, useState } from "react";
import classes from "./code-input.module.css";

type CodeInputProps = {
  label: string;
  description?: string;
  error?: string;
  /** Digits asked for. Six unless said otherwise. */
  length?: number;
  value: string;
  onChange: (code: string) => void;
  /** Called once with the whole code as soon as its last digit is there. */
  onComplete?: (code: string) => void;
  name?: string;
  disabled?: boolean;
  autoFocus?: boolean;
};

/**
 * A code in cells. One real field lies beneath, so that pasting, one-time-code filling, the arrows and a screen reader
 * all work as in any field; the cells only draw what it holds.
 */
export function CodeInput({ length = 6, value, onChange, onComplete, ...props }: CodeInputProps) {
  const id = useId();
  const [focused, setFocused] = useState(false);
  const cells = Array.from({ length }, (_, index) => ({ key: `cell-${index}`, digit: value[index] }));
  const current = Math.min(value.length, length - 1);

  function change(event: ChangeEvent<HTMLInputElement>) {
    const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, length);
    if (digits === value) return;
    onChange(digits);
    if (digits.length === length) onComplete?.(digits);
  }

  return (
    <Input.Wrapper
      id={id}
      label={props.label}
      description={props.description}
      error={props.error}
      inputWrapperOrder={["label", "input", "description", "error"]}
    >
      <div
        className={classes.field}
        data-error={Boolean(props.error) || undefined}
        data-disabled={props.disabled || undefined}
      >
        {cells.map(({ key, digit }, index) => (
          <span
            key={key}
            className={classes.cell}
            data-current={(focused && index === current) || undefined}
            data-middle={index === length / 2 || undefined}
            aria-hidden
          >
            {digit ?? (focused && index === current && <span className={classes.caret} />)}
          </span>
        ))}
        <input
          id={id}
          name={props.name}
          className={classes.input}
          value={value}
          onChange={change}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          inputMode="numeric"
          autoComplete="one-time-code"
          // Room for a pasted « 123 456 »; what is kept is cut to the length.
          maxLength={length * 2 + 4}
          disabled={props.disabled}
          // biome-ignore lint/a11y/noAutofocus: the only field of a page that asks for the code one was just sent.
          autoFocus={props.autoFocus}
          aria-invalid={Boolean(props.error) || undefined}
          aria-describedby={
            [props.description && `${id}-description`, props.error && `${id}-error`].filter(Boolean).join(" ") ||
            undefined
          }
        />
      </div>
    </Input.Wrapper>
  );
}
