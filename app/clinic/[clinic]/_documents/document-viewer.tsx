"use client";

import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import pdf from "./pdf.module.css";
import classes from "./viewer.module.css";

// Only where a PDF is looked at: its reader is heavier than the page.
const PdfPages = dynamic(() => import("./pdf-pages.tsx").then((module) => module.PdfPages), { ssr: false });

export interface ShownDocument {
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly pages: number | null;
}

/** The bytes of a document, looked at in the page: a PDF by its pages, a picture encoded anew, the words of an Office file. */
export function DocumentViewer({ document, text }: { document: ShownDocument; text: string | null | undefined }) {
  const t = useTranslations("documents.viewer");
  const { clinic } = useParams<{ clinic: string }>();
  const base = `/api/clinic/${clinic}/documents/${document.id}`;
  const label = t("label", { name: document.title || document.fileName });
  const download = (
    <Button
      component="a"
      href={`${base}/content?download`}
      download
      variant="subtle"
      color="encre"
      size="compact-sm"
      leftSection={<IconDownload size={16} aria-hidden />}
    >
      {t("download")}
    </Button>
  );
  if (document.mediaType === "application/pdf")
    return <PdfPages key={document.id} source={`${base}/content`} label={label} acts={download} />;
  const isImage = document.mediaType.startsWith("image/");
  return (
    <section className={pdf.viewer} aria-label={label}>
      <div className={pdf.bar}>
        <span className={classes.name}>{isImage ? document.fileName : t("textOnly")}</span>
        <span className={pdf.zoom}>{download}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the keyboard too. */}
      <div className={pdf.frame} tabIndex={0} role="document" aria-label={label}>
        {isImage ? (
          Array.from({ length: document.pages ?? 1 }, (_, index) => index).map((page) => (
            // biome-ignore lint/performance/noImgElement: our own door encodes it anew; nobody else may fetch it.
            <img
              key={page}
              className={classes.picture}
              src={`${base}/preview?page=${page}&width=1600`}
              alt={t("page", { page: page + 1, pages: document.pages ?? 1 })}
              loading={page > 1 ? "lazy" : undefined}
            />
          ))
        ) : text === undefined ? (
          <SkeletonRows rows={6} />
        ) : (
          <div className={classes.paper}>{text || t("noText")}</div>
        )}
      </div>
    </section>
  );
}
