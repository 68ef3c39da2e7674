"use client";

import { Drawer } from "@mantine/core";
import { useTranslations } from "next-intl";
import { SignaturePicture, type SignaturePictureProps } from "./signature-picture.tsx";

/** One's own signature, for a practitioner who does not manage the others. */
export function SignatureDrawer({ onClose, ...props }: SignaturePictureProps & { onClose: () => void }) {
  const t = useTranslations("practitioners");
  const common = useTranslations("common");
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t("mySignature")}
      position="right"
      size={480}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <SignaturePicture {...props} />
    </Drawer>
  );
}
