"use client";

import { TextInput } from "@mantine/core";
import { useLocale } from "next-intl";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { languageOf } from "../../_i18n/locale.ts";
import { readMinute, sayMinute } from "./wall-time.ts";

type MinuteInputProps = {
  id?: string;
  label?: ReactNode;
  "aria-label"?: string;
  description?: ReactNode;
  /** Minutes since midnight. What cannot be read is −1, for the form to refuse. */
  value: number;
  onChange: (minute: number) => void;
  error?: ReactNode;
  placeholder?: string;
  disabled?: boolean;
  w?: number;
};

/** Where ↑ and ↓ begin in an empty field. */
const morning = 480;

/** A time of the day, typed as it comes (« 8 », « 830 », « 8h30 ») and shown as it is read; ↑ ↓ move it by a quarter of an hour. */
export function MinuteInput({ value, onChange, ...props }: MinuteInputProps) {
  const language = languageOf(useLocale());
  // Between two keys, what is written is not a time yet. A time chosen elsewhere takes its place.
  const [typed, setTyped] = useState<{ text: string; told: number }>();
  const shown = typed?.told === value ? typed.text : value < 0 ? "" : sayMinute(value, language);

  function write(text: string, told: number) {
    setTyped({ text, told });
    if (told !== value) onChange(told);
  }

  function settle() {
    if (!typed || typed.told !== value) return;
    const minute = readMinute(typed.text);
    if (minute === null) return write(typed.text, -1);
    setTyped(undefined);
    onChange(minute);
  }

  function onKeyDown(event: KeyboardEvent) {
    // Enter sends the form: with what is written now.
    if (event.key === "Enter") return settle();
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const from = readMinute(shown) ?? (value < 0 ? morning : value);
    const step = event.key === "ArrowUp" ? 15 : -15;
    setTyped(undefined);
    onChange(Math.min(1440, Math.max(0, (Math.round(from / 15) || 0) * 15 + step)));
  }

  return (
    <TextInput
      {...props}
      value={shown}
      autoComplete="off"
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => write(event.currentTarget.value, readMinute(event.currentTarget.value) ?? value)}
      onBlur={settle}
      onKeyDown={onKeyDown}
    />
  );
}
