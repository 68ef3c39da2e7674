import localFont from "next/font/local";

/** Text and numbers, everywhere. Preloaded; the fallback's metrics are adjusted so that nothing moves when it arrives. */
export const textFont = localFont({
  src: "../../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
  weight: "200 800",
  display: "swap",
  variable: "--font-text",
  adjustFontFallback: "Arial",
});

/** Titles of public pages. Not preloaded here: the workspace never shows it. */
export const titleFont = localFont({
  src: "./fonts/newsreader-titles.woff2",
  weight: "400 600",
  display: "swap",
  preload: false,
  variable: "--font-title",
  adjustFontFallback: "Times New Roman",
});
