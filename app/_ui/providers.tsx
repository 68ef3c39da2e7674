"use client";

import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import type { Appearance } from "./appearance/appearance.ts";
import { cookieAppearance } from "./appearance/cookie-manager.ts";
import { cssVariables } from "./css-variables.ts";
import { theme } from "./theme.ts";

/** Mantine with our theme. The nonce lets its style tags through the content security policy. */
export function Providers(props: { nonce: string; appearance: Appearance; children: ReactNode }) {
  const [manager] = useState(() => cookieAppearance(props.appearance));
  const t = useTranslations("common");
  const close = t("close");
  // Mantine's own buttons say nothing until they are told what to say.
  const spoken = useMemo(() => {
    const closeButtonProps = { "aria-label": close };
    return mergeThemeOverrides(theme, {
      components: { Modal: { defaultProps: { closeButtonProps } }, Drawer: { defaultProps: { closeButtonProps } } },
    });
  }, [close]);
  return (
    <MantineProvider
      theme={spoken}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={manager}
      defaultColorScheme={props.appearance}
      getStyleNonce={() => props.nonce}
      deduplicateInlineStyles
    >
      {props.children}
    </MantineProvider>
  );
}
