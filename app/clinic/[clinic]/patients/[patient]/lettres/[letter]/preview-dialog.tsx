"use client";

import { Button, Modal } from "@mantine/core";
import { IconAlertTriangle, IconSignature } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { KeyCap } from "../../../../../../_ui/key-cap/key-cap.tsx";
import classes from "./letter.module.css";

// Only where a PDF is looked at: its reader is heavier than the page.
const PdfPages = dynamic(() => import("../../../../_documents/pdf-pages.tsx").then((module) => module.PdfPages), {
  ssr: false,
});

interface PreviewDialogProps {
  /** Base64. */
  file: string;
  maySign: boolean;
  /** Places between brackets that nobody filled. */
  left: number;
  busy: boolean;
  onSign: () => void;
  onClose: () => void;
}

/** The very PDF that will be kept, and the signature. */
export function PreviewDialog({ file, maySign, left, busy, onSign, onClose }: PreviewDialogProps) {
  const t = useTranslations("letters");
  const bytes = useMemo(() => Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0)), [file]);
  const sign = useRef(onSign);
  const busyNow = useRef(busy);
  useEffect(() => {
    sign.current = onSign;
    busyNow.current = busy;
  });
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (!maySign || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      // Whatever lies over it, a message or the palette, has the hand.
      const [held, dialog] = [document.activeElement, box.current?.closest("[role=dialog]") ?? null];
      if (held && !held.contains(dialog) && !dialog?.contains(held)) return;
      event.preventDefault();
      event.stopPropagation();
      // The press that opened it is still held, or one signature is on its way.
      if (!event.repeat && !busyNow.current) sign.current();
    }
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [maySign]);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("preview")}
      size={940}
      padding={0}
      classNames={{ header: classes.dialogHead ?? "" }}
    >
      <div ref={box} className={classes.preview}>
        <PdfPages source={bytes} label={t("preview")} />
      </div>
      <div className={classes.previewFoot}>
        {left > 0 ? (
          <span className={classes.fieldsTitle} role="status">
            <IconAlertTriangle size={16} aria-hidden /> {t("placesLeft", { count: left })}
          </span>
        ) : (
          <span className={classes.quiet}>{t(maySign ? "afterSigning" : "maySignNot")}</span>
        )}
        <Button variant="default" onClick={onClose}>
          {t("goOnWriting")}
        </Button>
        {maySign && (
          <Button
            leftSection={<IconSignature size={18} aria-hidden />}
            rightSection={<KeyCap>Ctrl ↵</KeyCap>}
            onClick={onSign}
            loading={busy}
            data-autofocus
          >
            {t(left > 0 ? "signAnyway" : "sign")}
          </Button>
        )}
      </div>
    </Modal>
  );
}
