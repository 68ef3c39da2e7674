"use client";

import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import classes from "./field.module.css";

type FieldProps = {
  label: ReactNode;
  /** Said in grey beside the label: « (facultatif) ». */
  aside?: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  onText: (text: string) => void;
} & Omit<InputHTMLAttributes<HTMLInputElement>, "onChange">;

/** A field of a page that loads no library: a label, a box of 48 px, its help and its error, tied to it for whoever hears them. */
export function Field({ label, aside, hint, error, onText, ...input }: FieldProps) {
  const own = useId();
  const id = input.id ?? own;
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={classes.field}>
      <label htmlFor={id} className={classes.label}>
        {label} {aside && <span className={classes.aside}>{aside}</span>}
      </label>
      <input
        {...input}
        id={id}
        className={classes.input}
        onChange={(event) => onText(event.currentTarget.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
      />
      {hint && (
        <p className={classes.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className={classes.error} id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

type SegmentsProps<Value extends string> = {
  legend: ReactNode;
  /** The legend is heard and not seen. */
  quiet?: boolean;
  name: string;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly { readonly value: Value; readonly label: ReactNode }[];
};

/** Two or three choices side by side; radio buttons beneath. */
export function Segments<Value extends string>({ legend, quiet, choices, ...props }: SegmentsProps<Value>) {
  return (
    <fieldset className={classes.segments}>
      <legend className={quiet ? "cv-visually-hidden" : classes.label}>{legend}</legend>
      <div className={classes.row}>
        {choices.map(({ value, label }) => (
          <label key={value} className={classes.segment}>
            <input
              type="radio"
              name={props.name}
              value={value}
              checked={props.value === value}
              onChange={() => props.onChange(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
