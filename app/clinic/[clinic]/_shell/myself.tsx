"use client";

import { Menu } from "@mantine/core";
import { IconCode, IconLock, IconLogout, IconUser } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callSignOut } from "../../../_session/call-sign-in.ts";
import { sessionGate } from "../../../_session/session-gate.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { ConfirmDialog } from "../../../_ui/confirm/confirm-dialog.tsx";
import { UserMenu } from "../../../_ui/user-menu/user-menu.tsx";
import { countKept, forgetKept } from "../patients/[patient]/_note/local-drafts.ts";

/** Who is signed in here, and what concerns only that person. */
export function Myself({ userId, ...props }: { userId: string; name: string; email: string; role: string }) {
  const [unsent, setUnsent] = useState(0);
  const t = useTranslations("workspace");
  const client = useTRPCClient();

  /** The server locks; the page then shows it. */
  async function lock() {
    await client.auth.session.lock.mutate();
    void sessionGate.ask("locked");
  }

  /** A whole load: nothing of this person stays in the page's memory, nor of their notes in the browser. */
  async function signOut() {
    await forgetKept(userId);
    await callSignOut();
    window.location.assign("/connexion");
  }

  /** Words that are only here would go with the session: said first. */
  async function leave() {
    const count = await countKept(userId);
    if (count > 0) setUnsent(count);
    else await signOut();
  }

  return (
    <>
      <UserMenu {...props}>
        <Menu.Item component={Link} href="/compte" prefetch={false} leftSection={<IconUser size={18} aria-hidden />}>
          {t("account")}
        </Menu.Item>
        <Menu.Item
          component={Link}
          href="/code-source"
          prefetch={false}
          leftSection={<IconCode size={18} aria-hidden />}
        >
          {t("source")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLock size={18} aria-hidden />} onClick={lock}>
          {t("lock")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={leave}>
          {t("signOut")}
        </Menu.Item>
      </UserMenu>
      <ConfirmDialog
        opened={unsent > 0}
        onClose={() => setUnsent(0)}
        title={t("unsentTitle")}
        consequences={[t("unsent", { count: unsent })]}
        verb={t("signOutAnyway")}
        onConfirm={signOut}
        danger
      />
    </>
  );
}
