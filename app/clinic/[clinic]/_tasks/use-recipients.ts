"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { recipientOf } from "#server/membership/recipient-schema.ts";
import { useTRPC } from "../../../_trpc/client.tsx";

/** Who is who: how a key is said, and whom something may be given to, as a field shows them. */
export function useRecipients() {
  const t = useTranslations("tasks");
  const roles = useTranslations("workspace.roles");
  const vocabulary = useTranslations("vocabulary.professions");
  const trpc = useTRPC();
  const me = useQuery(trpc.membership.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const recipients = useQuery({ ...trpc.task.recipients.queryOptions(), staleTime: 5 * 60_000 });
  const myKey = me.data && `user:${me.data.user.id}`;

  return useMemo(() => {
    /** `name` is a person's, where the row says it. */
    function say(key: string, name?: string | null): string {
      if (key === myKey) return t("me");
      const recipient = recipientOf(key);
      if (recipient?.kind === "role") return roles(recipient.role);
      if (recipient?.kind === "profession") return vocabulary(recipient.profession);
      return name || recipients.data?.find((one) => one.key === key)?.name || t("formerMember");
    }
    function options(clinical: boolean) {
      const item = ({ key, name, readsChart }: { key: string; name: string; readsChart: boolean }) => ({
        value: key,
        label: say(key, name),
        disabled: clinical && !readsChart,
      });
      const all = recipients.data ?? [];
      const of = (kind: string) => all.filter(({ key }) => key.startsWith(kind) && key !== myKey).map(item);
      const mine = all.filter(({ key }) => key === myKey).map(item);
      return [
        { group: t("people"), items: [...mine, ...of("user:")] },
        { group: t("roles"), items: of("role:") },
        { group: t("professions"), items: of("profession:") },
      ].filter(({ items }) => items.length > 0);
    }
    return {
      say,
      options,
      me: me.data?.user.id,
      myKey,
      readsChart: me.data?.membership.permissions.includes("chart:read") ?? false,
      mayManage: me.data?.membership.permissions.includes("clinic:manage") ?? false,
      /** Whether what is of care may be given to them; true for whoever is not known here. */
      canRead: (key: string) => recipients.data?.find((one) => one.key === key)?.readsChart ?? true,
      ready: me.data !== undefined && recipients.data !== undefined,
    };
  }, [me.data, myKey, recipients.data, t, roles, vocabulary]);
}
