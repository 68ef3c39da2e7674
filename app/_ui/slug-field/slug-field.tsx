"use client";

import { Button, Input } from "@mantine/core";
import { useId } from "@mantine/hooks";
import { IconCheck, IconInfoCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./slug-field.module.css";

type SlugFieldProps = {
  label: string;
  description?: string;
  /** What stands before it and cannot change: "chevet.example/c/". */
  prefix: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  /** Why this address cannot be had. */
  error?: string;
  /** True once the server said that it is free. */
  free?: boolean;
  /** Free addresses that look alike; a click takes one. */
  suggestions?: string[];
  name?: string;
  id?: string;
};

/** The part of a public address that a clinic chooses, behind its fixed prefix. */
export function SlugField({ prefix, value, onChange, suggestions = [], ...props }: SlugFieldProps) {
  const t = useTranslations("common.slug");
  const id = useId(props.id);
  const described = [`${id}-prefix`, props.description && `${id}-description`, `${id}-answer`]
    .filter(Boolean)
    .join(" ");
  return (
    <Input.Wrapper id={id} label={props.label} description={props.description}>
      <div className={classes.field} data-error={Boolean(props.error) || undefined}>
        <span className={classes.prefix} id={`${id}-prefix`}>
          {prefix}
        </span>
        <input
          id={id}
          name={props.name}
          className={classes.input}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          onBlur={props.onBlur}
          maxLength={60}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          autoComplete="off"
          aria-invalid={Boolean(props.error) || undefined}
          aria-describedby={described}
        />
      </div>
      <div id={`${id}-answer`} role="status">
        {props.error && (
          <p className={classes.error}>
            <IconInfoCircle size={16} aria-hidden />
            {props.error}
          </p>
        )}
        {!props.error && props.free && (
          <p className={classes.free}>
            <IconCheck size={16} aria-hidden />
            {t("free")}
          </p>
        )}
      </div>
      {suggestions.length > 0 && (
        <div className={classes.suggestions}>
          <span>{t("suggestions")}</span>
          {suggestions.map((suggestion) => (
            <Button key={suggestion} variant="outline" size="sm" radius="xl" onClick={() => onChange(suggestion)}>
              {suggestion}
            </Button>
          ))}
        </div>
      )}
    </Input.Wrapper>
  );
}
