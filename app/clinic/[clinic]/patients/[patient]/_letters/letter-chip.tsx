"use client";

import { useTranslations } from "next-intl";
import type { LetterLine, RequestView } from "#server/letter/record.ts";
import { Chip, type Tone } from "../../../../../_ui/chip/chip.tsx";

const tones: Record<RequestView["status"], Tone> = {
  draft: "neutral",
  signed: "attention",
  sent: "info",
  booked: "info",
  seen: "info",
  "report-received": "good",
  cancelled: "neutral",
};

/** Where a request stands; late said first, since that is what must be acted upon. */
export function RequestChip({ request }: { request: Pick<RequestView, "status" | "late"> }) {
  const t = useTranslations("letters");
  return (
    <>
      {request.late && <Chip tone="danger">{t("late")}</Chip>}{" "}
      <Chip tone={tones[request.status]}>{t(`states.${request.status}`)}</Chip>
    </>
  );
}

export function LetterChip({ letter }: { letter: Pick<LetterLine, "status" | "request"> }) {
  const t = useTranslations("letters");
  if (letter.status === "replaced") return <Chip>{t("replaced")}</Chip>;
  if (letter.status === "entered-in-error") return <Chip tone="danger">{t("inError")}</Chip>;
  if (letter.request) return <RequestChip request={letter.request} />;
  return (
    <Chip tone={letter.status === "draft" ? "neutral" : "good"}>
      {t(letter.status === "draft" ? "draft" : "signed")}
    </Chip>
  );
}
