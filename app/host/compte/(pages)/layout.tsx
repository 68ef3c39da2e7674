import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AccountFrame } from "../../../_account/account-frame.tsx";
import { readMyself } from "../../../_account/read-myself.ts";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";

/** An operator's own account, in the host's realm. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const [me, t] = await Promise.all([readMyself("host", "/host/compte"), getTranslations("account")]);
  return (
    <ClientMessages of={["account", "signIn"]}>
      <AccountFrame
        person={{ id: me.userId, displayName: me.displayName, email: me.email }}
        idleMinutes={me.idleMinutes}
        realm="host"
        base="/host/compte"
        back={{ href: "/host", words: t("console") }}
      >
        {children}
      </AccountFrame>
    </ClientMessages>
  );
}
