"use client";

import { Menu } from "@mantine/core";
import { IconCode, IconLock, IconLogout, IconUser } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { callSignOut } from "../../../_session/call-sign-in.ts";
import { sessionGate } from "../../../_session/session-gate.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { UserMenu } from "../../../_ui/user-menu/user-menu.tsx";

/** Who is signed in here, and what concerns only that person. */
export function Myself(props: { name: string; email: string; role: string }) {
  const t = useTranslations("workspace");
  const client = useTRPCClient();

  /** The server locks; the page then shows it. */
  async function lock() {
    await client.auth.session.lock.mutate();
    void sessionGate.ask("locked");
  }

  /** A whole load: nothing of this person stays in the page's memory. */
  async function signOut() {
    await callSignOut();
    window.location.assign("/connexion");
  }

  return (
    <UserMenu {...props}>
      <Menu.Item component={Link} href="/compte" prefetch={false} leftSection={<IconUser size={18} aria-hidden />}>
        {t("account")}
      </Menu.Item>
      <Menu.Item component={Link} href="/code-source" prefetch={false} leftSection={<IconCode size={18} aria-hidden />}>
        {t("source")}
      </Menu.Item>
      <Menu.Item leftSection={<IconLock size={18} aria-hidden />} onClick={lock}>
        {t("lock")}
      </Menu.Item>
      <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={signOut}>
        {t("signOut")}
      </Menu.Item>
    </UserMenu>
  );
}
