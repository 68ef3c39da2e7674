"use client";

import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC, useTRPCClient } from "../_trpc/client.tsx";
import { Chip } from "../_ui/chip/chip.tsx";
import { Moment } from "../_ui/moment/moment.tsx";
import { Section } from "../_ui/section/section.tsx";
import { SkeletonRows } from "../_ui/skeleton/skeleton.tsx";
import classes from "./account.module.css";
import { useAct } from "./use-act.ts";

/** Where the account is open now, and a way to close each. */
export function SessionsSection() {
  const t = useTranslations("account.sessions");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { busy, run } = useAct();
  const { data: sessions } = useQuery(trpc.auth.session.list.queryOptions());
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.auth.session.list.queryKey() });
  const others = sessions?.filter(({ current }) => !current) ?? [];

  return (
    <Section
      title={t("title")}
      lead={t("lead")}
      action={
        others.length > 0 && (
          <Button
            size="sm"
            variant="default"
            loading={busy}
            onClick={() => run(() => client.auth.session.revokeOthers.mutate().then(refresh), t("othersClosed"))}
          >
            {t("closeOthers")}
          </Button>
        )
      }
    >
      {!sessions && <SkeletonRows rows={3} />}
      <ul className={classes.list}>
        {sessions?.map((session) => (
          <li key={session.id} className={classes.row}>
            <div className={classes.words}>
              <p className={classes.name}>
                {session.device || t("unknownDevice")}
                {session.current && <Chip tone="good">{t("current")}</Chip>}
                {session.locked && <Chip>{t("asleep")}</Chip>}
                {session.realm === "host" && <Chip tone="info">{t("host")}</Chip>}
              </p>
              <p className={classes.detail}>
                {session.place === "local" ? t("local") : (session.address ?? t("unknownPlace"))}
                {" · "}
                {t(`methods.${session.method as "password"}`)}
                {" · "}
                {t("seen")} <Moment at={session.lastSeenAt} as="dateAndTime" ago />
              </p>
            </div>
            {!session.current && (
              <Button
                size="sm"
                variant="default"
                disabled={busy}
                aria-label={t("closeThis", { device: session.device || t("unknownDevice") })}
                onClick={() =>
                  run(() => client.auth.session.revoke.mutate({ sessionId: session.id }).then(refresh), t("closed"))
                }
              >
                {t("close")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
