"use client";

import { Button } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { MyLink } from "#server/auth/oidc/list-links.ts";
import { JourneyNotice } from "../_session/journey-notice.tsx";
import { TrpcProvider, useTRPC, useTRPCClient } from "../_trpc/client.tsx";
import { Chip } from "../_ui/chip/chip.tsx";
import { ConfirmDialog } from "../_ui/confirm/confirm-dialog.tsx";
import { Moment } from "../_ui/moment/moment.tsx";
import { Section } from "../_ui/section/section.tsx";
import classes from "./account.module.css";
import { useAct } from "./use-act.ts";

interface OrganizationsProps {
  /** The person comes back from a provider: linked, or refused for a reason. */
  linked: boolean;
  refusal?: string;
  requestId?: string;
}

/** The providers of this person's clinics, and their own links with them. Nothing at all where no clinic has one. */
export function OrganizationsSection({ linked, refusal, requestId }: OrganizationsProps) {
  const t = useTranslations("account.organizations");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: links } = useQuery(trpc.auth.oidc.links.queryOptions());
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.auth.oidc.links.queryKey() });
  if (!refusal && !links?.length) return null;
  return (
    <Section title={t("title")} lead={t("lead")}>
      {refusal && <JourneyNotice refusal={refusal} requestId={requestId} />}
      {linked && (
        <p className={classes.detail} role="status">
          {t("made")}
        </p>
      )}
      <ul className={classes.list}>
        {links?.map((link) => (
          // Its calls carry the clinic in their address.
          <TrpcProvider key={link.slug} clinicSlug={link.slug}>
            <OrganizationRow link={link} onChanged={refresh} />
          </TrpcProvider>
        ))}
      </ul>
    </Section>
  );
}

function OrganizationRow({ link, onChanged }: { link: MyLink; onChanged: () => Promise<void> }) {
  const t = useTranslations("account.organizations");
  const client = useTRPCClient();
  const { busy, run } = useAct();
  const [cutting, setCutting] = useState(false);
  const { clinic, label, linkedAt, lastUsedAt } = link;
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.name}>
          {clinic}{" "}
          {linkedAt && (
            <Chip tone="good" icon={<IconLink size={14} />}>
              {t("linked")}
            </Chip>
          )}
        </p>
        <p className={classes.detail}>
          {label ?? t("shut")}
          {linkedAt && (
            <>
              {" · "}
              {lastUsedAt ? t("used") : t("since")} <Moment at={lastUsedAt ?? linkedAt} />
            </>
          )}
        </p>
      </div>
      {linkedAt ? (
        <Button
          size="sm"
          variant="default"
          aria-label={t("unlinkThis", { clinic })}
          disabled={busy}
          onClick={() => setCutting(true)}
        >
          {t("unlink")}
        </Button>
      ) : (
        <Button
          size="sm"
          variant="default"
          aria-label={t("linkThis", { clinic })}
          loading={busy}
          onClick={() => run(async () => window.location.assign((await client.auth.oidc.startLink.mutate()).address))}
        >
          {t("link")}
        </Button>
      )}
      <ConfirmDialog
        opened={cutting}
        onClose={() => setCutting(false)}
        title={t("unlinkTitle", { clinic })}
        consequences={[t("unlinkEffect"), t("unlinkSessions")]}
        verb={t("unlink")}
        danger
        onConfirm={async () => {
          await run(() => client.auth.oidc.unlink.mutate().then(onChanged), t("unlinked"));
          setCutting(false);
        }}
      />
    </li>
  );
}
