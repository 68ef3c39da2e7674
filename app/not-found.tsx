import { getTranslations } from "next-intl/server";
import { LinkButton } from "./_ui/link-button/link-button.tsx";
import { MessagePage } from "./_ui/message-page/message-page.tsx";

export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  return (
    <MessagePage title={t("title")} lead={t("lead")}>
      <LinkButton href="/">{t("home")}</LinkButton>
    </MessagePage>
  );
}
