import { join } from "node:path";
import { Font } from "@react-pdf/renderer";

/** The letters of every page that Chevet makes, from the package's own files: no font is fetched. */
export const fontFamily = ["Atkinson Hyperlegible Next", "Atkinson Hyperlegible Next Extended"];

const files = join(process.cwd(), "node_modules/@fontsource/atkinson-hyperlegible-next/files");

let isRegistered = false;

export function registerFonts(): void {
  if (isRegistered) return;
  isRegistered = true;
  for (const [at, subset] of ["latin", "latin-ext"].entries())
    Font.register({
      family: fontFamily[at] ?? "",
      fonts: [400, 600, 700].flatMap((fontWeight) =>
        (["normal", "italic"] as const).map((fontStyle) => ({
          src: join(files, `atkinson-hyperlegible-next-${subset}-${fontWeight}-${fontStyle}.woff`),
          fontWeight,
          fontStyle,
        })),
      ),
    });
  // A drug's name is never cut in two.
  Font.registerHyphenationCallback((word) => [word]);
}
