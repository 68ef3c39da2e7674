import { join } from "node:path";
import { Font } from "@react-pdf/renderer";

/** The letters of every page that Chevet makes, from the package's own files: no font is fetched. */
export const fontFamily = "Atkinson Hyperlegible Next";

const files = join(process.cwd(), "node_modules/@fontsource/atkinson-hyperlegible-next/files");

let isRegistered = false;

export function registerFonts(): void {
  if (isRegistered) return;
  isRegistered = true;
  Font.register({
    family: fontFamily,
    fonts: [400, 600, 700].map((fontWeight) => ({
      src: join(files, `atkinson-hyperlegible-next-latin-${fontWeight}-normal.woff`),
      fontWeight,
    })),
  });
  // A drug's name is never cut in two.
  Font.registerHyphenationCallback((word) => [word]);
}
