import "./_ui/layers.css";
import "./_ui/fonts.css";
import "./_ui/tokens.css";
import "./_ui/base.css";

import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { appearanceCookie, followSystemScript, readAppearance } from "./_ui/appearance/appearance.ts";
import { textFont, titleFont } from "./_ui/fonts.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return {
    title: { default: t("product"), template: `%s · ${t("product")}` },
    description: t("description"),
    // A clinic's workspace has nothing to tell a search engine; public pages open themselves.
    robots: { index: false, follow: false },
    formatDetection: { telephone: false, date: false, address: false, email: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfaf7" },
    { media: "(prefers-color-scheme: dark)", color: "#10191e" },
  ],
};

/** The ground of every page, and nothing that a browser runs: what a clinic shows to everybody stands on it alone (c/). All else adds AppFrame. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, cookieJar, headerList] = await Promise.all([getLocale(), cookies(), headers()]);
  const appearance = readAppearance(cookieJar.get(appearanceCookie)?.value);
  const nonce = headerList.get("x-nonce") ?? "";
  return (
    <html
      lang={locale}
      data-mantine-color-scheme={appearance === "dark" ? "dark" : "light"}
      className={`${textFont.variable} ${titleFont.variable}`}
      suppressHydrationWarning
    >
      <head>
        {appearance === "auto" && (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, let through by its nonce.
          <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: followSystemScript }} />
        )}
      </head>
      <body>{children}</body>
    </html>
  );
}
