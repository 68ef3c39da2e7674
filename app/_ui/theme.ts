"use client";

import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineThemeOverride,
  type VariantColorsResolver,
} from "@mantine/core";
import { ramps } from "./ramps.ts";

const font = "var(--cv-font)";

/** The head of a dialog is a <header>, which must not pass for the page's own. */
const inDialog = { header: { role: "none" } };

const onFilled: Record<string, string> = {
  sapin: "var(--cv-on-primary)",
  green: "var(--cv-on-primary)",
  brique: "var(--cv-on-danger)",
  red: "var(--cv-on-danger)",
};

/** White does not stand on the light greens and reds of the dark theme: what is written on a filled colour is a token too. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant !== "filled") return colors;
  return { ...colors, color: onFilled[input.color ?? "sapin"] ?? colors.color };
};

/** Public pages: 16 px text, 48 px fields. The workspace narrows it with `workspaceTheme`. */
export const theme = createTheme({
  colors: { ...ramps, gray: ramps.ardoise, red: ramps.brique, green: ramps.sapin, yellow: ramps.lampe },
  primaryColor: "sapin",
  primaryShade: { light: 6, dark: 4 },
  black: "#1e3a4c",
  white: "#ffffff",
  fontFamily: font,
  headings: {
    fontFamily: font,
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.5rem" },
      h2: { fontSize: "0.9375rem", lineHeight: "1.25rem" },
      h3: { fontSize: "0.875rem", lineHeight: "1.25rem" },
    },
  },
  fontSizes: { xs: "0.75rem", sm: "0.875rem", md: "1rem", lg: "1.1875rem", xl: "1.25rem" },
  lineHeights: { xs: "1.34", sm: "1.43", md: "1.5", lg: "1.58", xl: "1.5" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.25rem", xl: "1.5rem" },
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "999px" },
  defaultRadius: "md",
  breakpoints: { xs: "24.5em", sm: "48em", md: "51.3em", lg: "75em", xl: "90em" },
  focusRing: "auto",
  respectReducedMotion: true,
  cursorType: "pointer",
  variantColorResolver: variantColors,
  shadows: { md: "var(--cv-shadow)", lg: "var(--cv-shadow)", xl: "var(--cv-shadow-large)" },
  components: {
    Button: { defaultProps: { size: "md" } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "description", "input", "error"] } },
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
    NumberInput: { defaultProps: { size: "md" } },
    Select: { defaultProps: { size: "md", allowDeselect: false, comboboxProps: { shadow: "md" } } },
    NativeSelect: { defaultProps: { size: "md" } },
    Checkbox: { defaultProps: { size: "md", radius: "xs", iconColor: "var(--cv-on-primary)" } },
    Radio: { defaultProps: { size: "md", iconColor: "var(--cv-on-primary)" } },
    Switch: { defaultProps: { size: "md", withThumbIndicator: false } },
    Modal: {
      defaultProps: {
        // Mantine would lock the page by a style tag, which the policy refuses: base.css does it.
        lockScroll: false,
        centered: true,
        attributes: inDialog,
        radius: "lg",
        transitionProps: { duration: 150, transition: "pop" },
        overlayProps: { color: "var(--cv-scrim)", backgroundOpacity: 1 },
      },
    },
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 120 }, withInitialFocusPlaceholder: false } },
    Drawer: {
      defaultProps: {
        lockScroll: false,
        attributes: inDialog,
        transitionProps: { duration: 180 },
        overlayProps: { color: "var(--cv-scrim)", backgroundOpacity: 1 },
      },
      styles: { title: { fontWeight: 650 } },
    },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 120 } } },
    Anchor: { defaultProps: { underline: "always" } },
    Table: { defaultProps: { verticalSpacing: 0, horizontalSpacing: "sm" } },
  },
});

/** The workspace: 14 px text, 36 px fields (44 px where a finger points, see base.css). */
export const workspaceTheme: MantineThemeOverride = {
  components: Object.fromEntries(
    [
      "Button",
      "TextInput",
      "PasswordInput",
      "Textarea",
      "NumberInput",
      "Select",
      "NativeSelect",
      "Checkbox",
      "Radio",
      "Switch",
    ].map((name) => [name, { defaultProps: { ...theme.components?.[name]?.defaultProps, size: "sm" } }]),
  ),
};
