"use client";

import { Button } from "@mantine/core";
import { IconFingerprint, IconPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "../_trpc/client.tsx";
import { ConfirmDialog } from "../_ui/confirm/confirm-dialog.tsx";
import { EmptyState } from "../_ui/empty-state/empty-state.tsx";
import { Section } from "../_ui/section/section.tsx";
import { SkeletonRows } from "../_ui/skeleton/skeleton.tsx";
import classes from "./account.module.css";
import { PasskeyRow } from "./passkey-row.tsx";
import { useAct } from "./use-act.ts";
import { useMakePasskey } from "./use-make-passkey.ts";

/** The passkeys of this account: made, named, removed. */
export function PasskeysSection({ onMade }: { onMade?: () => void }) {
  const t = useTranslations("account.passkeys");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { busy, run } = useAct();
  const { data: passkeys } = useQuery(trpc.auth.passkey.list.queryOptions());
  const [removing, setRemoving] = useState<{ id: string; label: string }>();
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.auth.pathKey() });
  const make = useMakePasskey(onMade ?? refresh);

  return (
    <Section
      title={t("title")}
      lead={t("lead")}
      action={
        <Button size="sm" variant="default" leftSection={<IconPlus size={18} />} loading={make.busy} onClick={make.run}>
          {t("add")}
        </Button>
      }
    >
      {make.error && (
        <p className={classes.error} role="alert">
          {make.error}
        </p>
      )}
      {!passkeys && <SkeletonRows rows={2} />}
      {passkeys?.length === 0 && (
        <EmptyState icon={<IconFingerprint size={24} />} title={t("none")}>
          {t("noneHelp")}
        </EmptyState>
      )}
      {passkeys && passkeys.length > 0 && (
        <ul className={classes.list}>
          {passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.id}
              passkey={passkey}
              onRename={(label) =>
                run(() => client.auth.passkey.rename.mutate({ id: passkey.id, label }).then(refresh), t("renamed"))
              }
              onRemove={() => setRemoving(passkey)}
              busy={busy}
            />
          ))}
        </ul>
      )}
      <ConfirmDialog
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t("removeTitle", { label: removing?.label ?? "" })}
        consequences={[t("removeEffect"), t("removeDevice")]}
        verb={t("remove")}
        danger
        onConfirm={async () => {
          const id = removing?.id ?? "";
          await run(() => client.auth.passkey.revoke.mutate({ id }).then(refresh), t("removed"));
          setRemoving(undefined);
        }}
      />
    </Section>
  );
}
