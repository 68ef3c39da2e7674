"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { OnboardingItem } from "#server/clinic/read-onboarding.ts";
import type { OnboardingStep } from "#server/clinic/settings-schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./home.module.css";
import { stepHref } from "./step-paths.ts";
import { StepRow } from "./step-row.tsx";

const shown = 3;

/** The next things to prepare, beside the day of somebody who may act on them. */
export function Preparation({ slug, steps }: { slug: string; steps: readonly OnboardingItem[] }) {
  const t = useTranslations("home");
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const say = useErrorText();
  const left = steps.filter(({ done }) => !done);

  async function dismiss(step: OnboardingStep) {
    try {
      await client.clinic.dismissStep.mutate({ step });
      router.refresh();
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
  }

  return (
    <Section
      title={t("prepare")}
      action={<Chip tone="info">{t("progress", { done: steps.length - left.length, total: steps.length })}</Chip>}
    >
      <ol className={classes.steps}>
        {left.slice(0, shown).map(({ step, done }) => (
          <StepRow key={step} step={step} done={done} href={stepHref(slug, step)} onDismiss={() => dismiss(step)} />
        ))}
      </ol>
    </Section>
  );
}
