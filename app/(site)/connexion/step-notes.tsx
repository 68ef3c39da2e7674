import { IconBuilding, IconDeviceLaptop, IconInfoCircle } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Step } from "../../_session/sign-in-steps.tsx";
import { CardNote } from "../../_ui/frame/card-page.tsx";

/** What helps at each step, quietly, under the line. */
export function StepNotes({ step }: { step: Step }) {
  const t = useTranslations("signIn");
  return (
    <>
      {step === "start" && (
        <CardNote icon={<IconBuilding />}>
          <Link href="/connexion?clinique=" prefetch={false}>
            {t("clinicDoor.link")}
          </Link>
        </CardNote>
      )}
      <CardNote icon={step === "password" ? <IconInfoCircle /> : <IconDeviceLaptop />}>{t(`${step}.note`)}</CardNote>
    </>
  );
}
