import { Button } from "@mantine/core";
import { getTranslations } from "next-intl/server";
import { LanguageSwitch } from "../_ui/language/language-switch.tsx";
import { Logo } from "../_ui/logo/logo.tsx";

export default async function LandingPage() {
  const t = await getTranslations("common");
  return (
    <main>
      <Logo label={t("product")} />
      <LanguageSwitch />
      <Button>{t("description")}</Button>
    </main>
  );
}
