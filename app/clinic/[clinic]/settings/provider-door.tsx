"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ProviderRecord } from "#server/integration/identity-provider/record.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ConfirmDialog } from "../../../_ui/confirm/confirm-dialog.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";
import { CopiedAddress } from "./copied-address.tsx";
import own from "./provider.module.css";

interface ProviderDoorProps {
  provider: ProviderRecord;
  /** The register has what it asks for. */
  mayOpen: boolean;
  /** Where the clinic's people come in. */
  address: string;
}

/** The door itself: opened once all is said, shut at once. */
export function ProviderDoor({ provider, mayOpen, address }: ProviderDoorProps) {
  const t = useTranslations("settings.provider.door");
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const say = useErrorText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [shutting, setShutting] = useState(false);
  const { enabled, version } = provider;

  async function turn(open: boolean) {
    setBusy(true);
    setFailure(undefined);
    try {
      await client.integration.provider.setDoor.mutate({ version, open });
      toast({ message: t(open ? "opened" : "shut") });
      router.refresh();
    } catch (error) {
      setFailure(say(error).message);
    } finally {
      setBusy(false);
      setShutting(false);
    }
  }

  return (
    <div className={own.part}>
      <h3 className={own.heading}>{t("title")}</h3>
      <p className={own.text}>{t(enabled ? "isOpen" : mayOpen ? "mayOpen" : "placeFirst")}</p>
      <div className={classes.form}>
        {enabled && <CopiedAddress label={t("address")} help={t("addressHelp")} value={address} />}
        {failure && (
          <p className={own.failure} role="alert">
            {failure}
          </p>
        )}
        <div className={classes.acts}>
          {enabled ? (
            <Button variant="default" loading={busy} onClick={() => setShutting(true)}>
              {t("shutIt")}
            </Button>
          ) : (
            <Button disabled={!mayOpen} loading={busy} onClick={() => void turn(true)}>
              {t("openIt")}
            </Button>
          )}
        </div>
      </div>
      <ConfirmDialog
        opened={shutting}
        onClose={() => setShutting(false)}
        title={t("shutTitle")}
        consequences={[t("shutSessions"), t("shutLinks"), t("shutOthers")]}
        verb={t("shutIt")}
        danger
        onConfirm={() => turn(false)}
      />
    </div>
  );
}
