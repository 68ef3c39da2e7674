import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../_i18n/client-messages.tsx";
import { NewPassword } from "./new-password.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn.reset");
  return { title: t("newTitle") };
}

/** Chooses a new password by a mailed link. Its token stands behind the `#`: the server first sees it when it is used. */
export default function NewPasswordPage() {
  return (
    <ClientMessages of={["signIn"]}>
      <NewPassword />
    </ClientMessages>
  );
}
