"use client";

import { IconBan, IconCheck, IconMapPin, IconWorld } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { IntegrationRecord } from "#server/integration/record.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { ConfirmDialog } from "../../../_ui/confirm/confirm-dialog.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { FaxAccountDrawer } from "./fax-account.tsx";
import { IntegrationCard } from "./integration-card.tsx";
import { IntegrationForm } from "./integration-form.tsx";

interface IntegrationsProps {
  mayManage: boolean;
  /** The place of the workspace that this page belongs to for its reader. */
  back: "settings" | "privacy";
  slug: string;
}

/** The register: what the clinic itself switches, and what its host chose for everybody. */
export function Integrations({ mayManage, back, slug }: IntegrationsProps) {
  const t = useTranslations("integrations");
  const language = languageOf(useLocale());
  const trpc = useTRPC();
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const list = useQuery(trpc.integration.list.queryOptions());
  const [open, setOpen] = useState<IntegrationRecord>();
  const [entering, setEntering] = useState(false);
  const [closing, setClosing] = useState<IntegrationRecord>();

  async function close({ code, version }: IntegrationRecord) {
    try {
      await client.integration.disable.mutate({ code: code as "oidc", version: version ?? 1 });
      toast({ message: t("closed") });
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
    setClosing(undefined);
    await list.refetch();
  }

  const card = (one: IntegrationRecord) => (
    <IntegrationCard
      key={one.code}
      integration={one}
      state={<State {...one} />}
      onOpen={mayManage && one.kind === "clinic" && !awaitsProvider(one) ? () => setOpen(one) : undefined}
      enter={mayManage && one.code !== "fax" && awaitsProvider(one) ? `/clinic/${slug}/settings#provider` : undefined}
      onEnter={mayManage && one.code === "fax" ? () => setEntering(true) : undefined}
      onClose={mayManage && one.kind === "clinic" && one.enabled ? () => setClosing(one) : undefined}
    />
  );
  const ofKind = (kind: IntegrationRecord["kind"]) => list.data?.filter((one) => one.kind === kind).map(card);

  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        <LinkButton href={`/clinic/${slug}/${back}`} variant="default">
          {t(`back.${back}`)}
        </LinkButton>
      </PageHead>
      <PageBody width="text">
        {list.isError ? (
          <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
            {say(list.error).message}
          </ErrorPanel>
        ) : (
          <>
            <Section title={t("ofClinic")} lead={t("ofClinicLead")}>
              {ofKind("clinic") ?? <SkeletonRows rows={3} />}
            </Section>
            <Section title={t("ofHost")} lead={t("ofHostLead")}>
              {ofKind("infrastructure") ?? <SkeletonRows rows={6} />}
            </Section>
          </>
        )}
      </PageBody>
      {open && (
        <IntegrationForm
          key={open.code}
          integration={open}
          onClose={() => setOpen(undefined)}
          onSaved={() => {
            setOpen(undefined);
            void list.refetch();
          }}
        />
      )}
      {entering && (
        <FaxAccountDrawer
          onClose={() => setEntering(false)}
          onSaved={() => {
            setEntering(false);
            void list.refetch();
          }}
        />
      )}
      <ConfirmDialog
        opened={closing !== undefined}
        onClose={() => setClosing(undefined)}
        title={t("closeTitle", { what: closing?.purpose[language] ?? "" })}
        consequences={[t("closeNow"), t("closeKept")]}
        verb={t("close")}
        danger
        onConfirm={() => closing && close(closing)}
      />
    </>
  );
}

/** There is nobody to open to before the clinic has entered its provider. */
const awaitsProvider = ({ code, recipient, enabled }: IntegrationRecord) =>
  (code === "oidc" || code === "fax") && !recipient && !enabled;

/** On or off, and whether something leaves Québec: each in a word. */
function State({ enabled, outsideQuebec, kind }: IntegrationRecord) {
  const t = useTranslations("integrations");
  return (
    <>
      <Chip tone={enabled ? "good" : "neutral"} icon={enabled ? <IconCheck size={14} /> : <IconBan size={14} />}>
        {t(kind === "clinic" ? (enabled ? "on" : "off") : enabled ? "used" : "unused")}
      </Chip>
      {kind === "clinic" && (
        <Chip
          tone={outsideQuebec === false ? "info" : "attention"}
          icon={outsideQuebec === false ? <IconMapPin size={14} /> : <IconWorld size={14} />}
        >
          {t(outsideQuebec === null ? "undeclared" : outsideQuebec ? "outside" : "inside")}
        </Chip>
      )}
    </>
  );
}
