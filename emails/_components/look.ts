/** The brand in a mailbox: the palette of the site, and system fonts, since a mail loads nothing from anywhere. */
export const colours = {
  page: "#fbfaf7",
  surface: "#ffffff",
  line: "#e3e6e4",
  text: "#1e3a4c",
  quiet: "#56666e",
  primary: "#1f6f5c",
  link: "#1b6453",
  soft: "#e6f0f2",
} as const;

export const font =
  "'Atkinson Hyperlegible Next', 'Segoe UI', Roboto, Helvetica, Arial, 'Noto Sans', 'Liberation Sans', sans-serif";
export const digits = "ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace";
