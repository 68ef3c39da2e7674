"use client";

import { Button } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TotpEnrolment } from "#server/auth/totp/start-totp.ts";
import { useTRPC, useTRPCClient } from "../_trpc/client.tsx";
import { Chip } from "../_ui/chip/chip.tsx";
import { ConfirmDialog } from "../_ui/confirm/confirm-dialog.tsx";
import { Moment } from "../_ui/moment/moment.tsx";
import { Section } from "../_ui/section/section.tsx";
import { SkeletonRows } from "../_ui/skeleton/skeleton.tsx";
import classes from "./account.module.css";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { TotpEnrol } from "./totp-enrol.tsx";
import { useAct } from "./use-act.ts";

/** Codes of an application beside the password, and the codes kept on paper for the day the phone is lost. */
export function SecondFactorSection({ onEnabled }: { onEnabled?: () => void }) {
  const t = useTranslations("account.secondFactor");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { busy, run } = useAct();
  const { data: state } = useQuery(trpc.auth.totp.read.queryOptions());
  const [enrolment, setEnrolment] = useState<TotpEnrolment>();
  const [codes, setCodes] = useState<string[]>();
  const [stopping, setStopping] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.auth.totp.pathKey() });

  if (!state) return <SkeletonRows rows={2} />;
  if (codes) {
    return (
      <RecoveryCodes
        codes={codes}
        onKept={() => {
          setCodes(undefined);
          onEnabled?.();
        }}
      />
    );
  }
  if (enrolment) {
    return (
      <TotpEnrol
        enrolment={enrolment}
        onCancel={() => setEnrolment(undefined)}
        onConfirmed={(fresh) => {
          setEnrolment(undefined);
          setCodes(fresh);
          void refresh();
        }}
      />
    );
  }
  return (
    <Section title={t("title")} lead={t("lead")}>
      <div className={classes.row}>
        <div className={classes.words}>
          <p className={classes.name}>
            {t("app")}{" "}
            {state.since ? (
              <Chip tone="good" icon={<IconShieldCheck size={14} />}>
                {t("on")}
              </Chip>
            ) : (
              <Chip>{t("off")}</Chip>
            )}
          </p>
          <p className={classes.detail}>
            {state.since ? (
              <>
                {t("since")} <Moment at={state.since} />
                {" · "}
                {t("codesLeft", { count: state.recoveryCodesLeft })}
              </>
            ) : (
              t(state.required ? "required" : "why")
            )}
          </p>
        </div>
        <div className={classes.acts}>
          {!state.since && (
            <Button loading={busy} onClick={() => run(async () => setEnrolment(await client.auth.totp.start.mutate()))}>
              {t("turnOn")}
            </Button>
          )}
          {state.since && (
            <>
              <Button
                size="sm"
                variant="default"
                loading={busy}
                onClick={() =>
                  run(async () => {
                    const { recoveryCodes } = await client.auth.totp.renewRecoveryCodes.mutate();
                    setCodes(recoveryCodes);
                    await refresh();
                  })
                }
              >
                {t("renew")}
              </Button>
              <Button size="sm" variant="default" onClick={() => setStopping(true)}>
                {t("turnOff")}
              </Button>
            </>
          )}
        </div>
      </div>
      <ConfirmDialog
        opened={stopping}
        onClose={() => setStopping(false)}
        title={t("turnOffTitle")}
        consequences={[t("turnOffEffect"), t("turnOffCodes")]}
        verb={t("turnOff")}
        danger
        onConfirm={async () => {
          await run(() => client.auth.totp.disable.mutate().then(refresh), t("turnedOff"));
          setStopping(false);
        }}
      />
    </Section>
  );
}
