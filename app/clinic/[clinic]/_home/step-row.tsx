"use client";

import { ActionIcon } from "@mantine/core";
import { IconCheck, IconChevronRight, IconX } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { OnboardingStep } from "#server/clinic/settings-schema.ts";
import classes from "./home.module.css";

interface StepRowProps {
  step: OnboardingStep;
  done: boolean;
  href: string;
  /** Leaves it out of the list; absent where it cannot be. */
  onDismiss: (() => void) | undefined;
}

/** One thing to prepare: the whole row leads to where it is done. */
export function StepRow({ step, done, href, onDismiss }: StepRowProps) {
  const t = useTranslations("home");
  const title = t(`steps.${step}.title`);
  return (
    <li className={classes.step} data-done={done || undefined}>
      <span className={classes.mark} aria-hidden>
        {done && <IconCheck size={14} stroke={3} />}
      </span>
      <span className={classes.words}>
        <Link href={href} prefetch={false} className={classes.link}>
          {title}
        </Link>
        <span className={classes.help}>{done ? t("done") : t(`steps.${step}.help`)}</span>
      </span>
      {onDismiss && (
        <ActionIcon
          className={classes.dismiss}
          variant="subtle"
          color="ardoise"
          size="lg"
          aria-label={t("dismiss", { step: title })}
          title={t("dismiss", { step: title })}
          onClick={onDismiss}
        >
          <IconX size={18} />
        </ActionIcon>
      )}
      <IconChevronRight size={18} className={classes.chevron} aria-hidden />
    </li>
  );
}
