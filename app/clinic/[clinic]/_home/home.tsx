"use client";

import { IconArrowRight } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { OnboardingItem } from "#server/clinic/read-onboarding.ts";
import type { OnboardingStep } from "#server/clinic/settings-schema.ts";
import type { Me } from "#server/membership/read-me.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { PageHead } from "../../../_ui/page-head/page-head.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./home.module.css";
import { stepHref } from "./step-paths.ts";
import { StepRow } from "./step-row.tsx";

/** What is left to prepare, with the next step as the page's one primary act. */
export function Home({ me, steps }: { me: Me; steps: readonly OnboardingItem[] }) {
  const t = useTranslations("home");
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const say = useErrorText();
  const hrefOf = (step: OnboardingStep) => stepHref(me.clinic.slug, step);
  const done = steps.filter((item) => item.done).length;
  const next = steps.find((item) => !item.done);
  const mayDismiss = me.membership.permissions.includes("clinic:manage");

  async function dismiss(step: OnboardingStep) {
    try {
      await client.clinic.dismissStep.mutate({ step });
      router.refresh();
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
  }

  return (
    <>
      <PageHead title={t("hello", { name: me.membership.displayName })} context={<span>{me.clinic.name}</span>}>
        {next && (
          <LinkButton href={hrefOf(next.step)} rightSection={<IconArrowRight size={18} aria-hidden />}>
            {t(`steps.${next.step}.verb`)}
          </LinkButton>
        )}
      </PageHead>
      <div className={classes.panes}>
        <div className={classes.main}>
          <Section
            title={t("prepare")}
            lead={next ? t("prepareLead") : t("ready")}
            action={
              steps.length > 0 && (
                <Chip tone={next ? "info" : "good"}>{t("progress", { done, total: steps.length })}</Chip>
              )
            }
          >
            <ol className={classes.steps}>
              {steps.map(({ step, done: isDone }) => (
                <StepRow
                  key={step}
                  step={step}
                  done={isDone}
                  href={hrefOf(step)}
                  onDismiss={mayDismiss && !isDone ? () => dismiss(step) : undefined}
                />
              ))}
            </ol>
          </Section>
        </div>
        <aside className={classes.side} aria-label={t("now")}>
          <Section title={t("now")}>
            <dl className={classes.facts}>
              <dt>{t("state")}</dt>
              <dd>{t(`states.${me.clinic.status}`)}</dd>
              <dt>{t("publicPage")}</dt>
              <dd>{t("closed")}</dd>
              <dt>{t("messages")}</dt>
              <dd>{t("silent")}</dd>
              <dt>{t("session")}</dt>
              <dd>{t("sleeps", { minutes: me.clinic.idleMinutes })}</dd>
            </dl>
          </Section>
          <div className={classes.faster}>
            <Section title={t("faster")}>
              <ul className={classes.keys}>
                <li>
                  <kbd>/</kbd> {t("keys.search")}
                </li>
                <li>
                  <kbd>g</kbd> <kbd>o</kbd> {t("keys.journal")}
                </li>
                <li>
                  <kbd>?</kbd> {t("keys.all")}
                </li>
              </ul>
            </Section>
          </div>
        </aside>
      </div>
    </>
  );
}
