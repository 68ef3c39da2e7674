"use client";

import { IconLock, IconLockOpen } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ProviderSettings } from "#server/integration/identity-provider/read-provider.ts";
import type { IntegrationRecord } from "#server/integration/record.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import classes from "./provider.module.css";
import { ProviderDoor } from "./provider-door.tsx";
import { ProviderForm } from "./provider-form.tsx";
import { ProviderPlace } from "./provider-place.tsx";

interface ProviderSectionProps {
  settings: ProviderSettings;
  integration: IntegrationRecord;
}

/** The clinic's own identity provider, in the order in which it is set up: what it is, where it is, then its door. */
export function ProviderSection({ settings, integration }: ProviderSectionProps) {
  const t = useTranslations("settings.provider");
  const { provider, callback, door } = settings;
  return (
    <Section
      title={
        <span className={classes.title}>
          {t("title")}{" "}
          {provider && (
            <Chip
              tone={provider.enabled ? "good" : "neutral"}
              icon={provider.enabled ? <IconLockOpen size={14} /> : <IconLock size={14} />}
            >
              {t(provider.enabled ? "open" : "shut")}
            </Chip>
          )}
        </span>
      }
      lead={t("lead")}
    >
      <ProviderForm key={provider?.version ?? 0} provider={provider} callback={callback} />
      {provider && <ProviderPlace key={integration.version} integration={integration} />}
      {provider && <ProviderDoor provider={provider} mayOpen={integration.enabled} address={door} />}
    </Section>
  );
}
