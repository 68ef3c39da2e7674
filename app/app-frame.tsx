import "@mantine/core/styles.layer.css";

import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { ClientMessages } from "./_i18n/client-messages.tsx";
import { appearanceCookie, readAppearance } from "./_ui/appearance/appearance.ts";
import { Providers } from "./_ui/providers.tsx";

/** What the pages of the application stand in: Mantine with our theme, and the words that every screen may use. */
export async function AppFrame({ children }: { children: ReactNode }) {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return (
    <ClientMessages>
      <Providers nonce={head.get("x-nonce") ?? ""} appearance={readAppearance(jar.get(appearanceCookie)?.value)}>
        {children}
      </Providers>
    </ClientMessages>
  );
}
