import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./app/_i18n/request.ts");

/** @type {import("next").NextConfig} */
const config = {
  // One build folder per checkout and mode, so that a development server never disturbs a built one.
  distDir: process.env.CHEVET_NEXT_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked once by `npm run check`; the build does not repeat it.
  typescript: { ignoreBuildErrors: true },
  // Titles and descriptions stand in the head for everybody: a page may be read without scripts, which would move them there.
  htmlLimitedBots: /./,
  // Beside the renderer, which Next leaves outside by itself: PDFKit reads its files from its own folder.
  serverExternalPackages: ["@react-pdf/layout", "@react-pdf/render", "pdfkit"],
  experimental: { optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@tabler/icons-react"] },
};

export default withNextIntl(config);
