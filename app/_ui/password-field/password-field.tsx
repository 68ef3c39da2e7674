"use client";

import { TextInput, type TextInputProps } from "@mantine/core";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import classes from "./password-field.module.css";

/** What a strength meter found: 0 (guessed at once) to 4 (strong), a word for it and what would help. */
export type PasswordStrength = { score: 0 | 1 | 2 | 3 | 4; word: string; hint?: string };

type PasswordFieldProps = Omit<TextInputProps, "type" | "rightSection"> & {
  /** `current-password` to sign in, `new-password` to choose one. */
  autoComplete: "current-password" | "new-password";
  /** Shown under the field while one is being chosen; null before anything is typed. */
  strength?: PasswordStrength | null;
};

const bars = [1, 2, 3, 4] as const;

/** A password that can be looked at, with a meter in bars and words. Nothing forbids pasting it. */
export function PasswordField({ strength, ...props }: PasswordFieldProps) {
  const t = useTranslations("common.password");
  const [seen, setSeen] = useState(false);
  return (
    <div>
      <TextInput
        {...props}
        type={seen ? "text" : "password"}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        rightSectionWidth={96}
        rightSection={
          <button
            type="button"
            className={classes.toggle}
            onClick={() => setSeen(!seen)}
            aria-pressed={seen}
            aria-label={t("show")}
          >
            {seen ? <IconEyeOff size={18} aria-hidden /> : <IconEye size={18} aria-hidden />}
            {seen ? t("hideShort") : t("showShort")}
          </button>
        }
      />
      {strength !== undefined && (
        <div className={classes.strength} data-score={strength?.score}>
          <div className={classes.bars} aria-hidden>
            {bars.map((bar) => (
              <span key={bar} data-on={(strength !== null && strength.score >= bar) || undefined} />
            ))}
          </div>
          <p className={classes.words} role="status">
            {strength && <strong>{strength.word}</strong>} {strength?.hint}
          </p>
        </div>
      )}
    </div>
  );
}
