import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AccountFrame } from "../../_account/account-frame.tsx";
import { readMyself } from "../../_account/read-myself.ts";
import { ClientMessages } from "../../_i18n/client-messages.tsx";

/** One's own account, whatever the clinic. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const [me, t] = await Promise.all([readMyself("staff", "/compte"), getTranslations("account")]);
  return (
    <ClientMessages of={["account", "signIn"]}>
      <AccountFrame
        person={{ id: me.userId, displayName: me.displayName, email: me.email }}
        idleMinutes={me.idleMinutes}
        realm="staff"
        base="/compte"
        back={{ href: "/connexion", words: t("clinics") }}
      >
        {children}
      </AccountFrame>
    </ClientMessages>
  );
}
