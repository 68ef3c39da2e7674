"use client";

import { MantineProvider } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Appearance } from "./appearance/appearance.ts";
import { cookieAppearance } from "./appearance/cookie-manager.ts";
import { cssVariables } from "./css-variables.ts";
import { theme } from "./theme.ts";

/** Mantine with our theme. The nonce lets its style tags through the content security policy. */
export function Providers(props: { nonce: string; appearance: Appearance; children: ReactNode }) {
  const [manager] = useState(() => cookieAppearance(props.appearance));
  return (
    <MantineProvider
      theme={theme}
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
