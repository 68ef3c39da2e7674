"use client";

import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconDownload, IconPrinter } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { languageOf } from "../../../_i18n/locale.ts";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import pdf from "./pdf.module.css";
import classes from "./viewer.module.css";

// Only where a PDF is looked at: its reader is heavier than the page.
const PdfPages = dynamic(() => import("./pdf-pages.tsx").then((module) => module.PdfPages), { ssr: false });

/** Word and Excel: shown as they look, on a page that our own door makes. */
const shownAsPage = /wordprocessingml\.document$|spreadsheetml\.sheet$/;

export interface ShownDocument {
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly pages: number | null;
}

/** The bytes of a document, looked at in the page: a PDF by its pages, a picture encoded anew, a Word or Excel file as a page of ours, the words of any other. */
export function DocumentViewer({ document, text }: { document: ShownDocument; text: string | null | undefined }) {
  const t = useTranslations("documents.viewer");
  const locale = languageOf(useLocale());
  const toast = useToast();
  const [printing, setPrinting] = useState(false);
  const { clinic } = useParams<{ clinic: string }>();
  const base = `/api/clinic/${clinic}/documents/${document.id}`;
  const label = t("label", { name: document.title || document.fileName });
  const shown = `${base}/shown?lang=${locale}`;
  const isPdf = document.mediaType === "application/pdf";
  const isImage = document.mediaType.startsWith("image/");
  const isPage = shownAsPage.test(document.mediaType);

  async function print() {
    setPrinting(true);
    try {
      const { printDocument } = await import("./print-document.ts");
      await printDocument(base, document, shown);
    } catch {
      toast({ tone: "danger", message: t("notPrinted") });
    } finally {
      setPrinting(false);
    }
  }
  const acts = (
    <>
      {(isPdf || isImage || isPage) && (
        <Tooltip label={t("print")} openDelay={400}>
          <ActionIcon
            variant="subtle"
            color="encre"
            aria-label={t("print")}
            loading={printing}
            onClick={() => void print()}
          >
            <IconPrinter size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      <Button
        component="a"
        href={`${base}/content?download`}
        download
        variant="subtle"
        color="encre"
        size="compact-sm"
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        <span className={classes.long}>{t("download")}</span>
      </Button>
    </>
  );
  if (isPdf) return <PdfPages key={document.id} source={`${base}/content`} label={label} acts={acts} />;
  if (isPage)
    return (
      <section className={pdf.viewer} aria-label={label}>
        <div className={pdf.bar}>
          <span className={classes.name}>{document.fileName}</span>
          <span className={pdf.zoom}>{acts}</span>
        </div>
        <iframe
          key={document.id}
          className={classes.frame}
          src={shown}
          title={label}
          // Nothing of it runs, whatever it came with.
          sandbox=""
        />
      </section>
    );
  return (
    <section className={pdf.viewer} aria-label={label}>
      <div className={pdf.bar}>
        <span className={classes.name}>{isImage ? document.fileName : t("textOnly")}</span>
        <span className={pdf.zoom}>{acts}</span>
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
