import { IconDeviceLaptop, IconInfoCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Step } from "../../_session/sign-in-steps.tsx";
import { CardNote } from "../../_ui/frame/card-page.tsx";

/** What helps at each step, quietly, under the line. */
export function StepNotes({ step }: { step: Step }) {
  const t = useTranslations("signIn");
  return (
    <CardNote icon={step === "password" ? <IconInfoCircle /> : <IconDeviceLaptop />}>{t(`${step}.note`)}</CardNote>
  );
}
