import { getTranslations } from "next-intl/server";
import { MessagePage } from "./_ui/message-page/message-page.tsx";
import button from "./_ui/plain-button/plain-button.module.css";

/** Plain: it stands in every frame and in none, and travels with each page. */
export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  return (
    <MessagePage title={t("title")} lead={t("lead")}>
      <a href="/" className={button.primary}>
        {t("home")}
      </a>
    </MessagePage>
  );
}
