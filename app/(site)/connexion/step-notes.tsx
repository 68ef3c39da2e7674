import { IconBuilding, IconDeviceLaptop, IconInfoCircle } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Step } from "../../_session/sign-in-steps.tsx";
import { CardNote } from "../../_ui/frame/card-page.tsx";

const icons = { start: IconBuilding, password: IconInfoCircle, code: IconDeviceLaptop, recovery: IconDeviceLaptop };

/** What helps at each step, quietly, under the line. */
export function StepNotes({ step }: { step: Step }) {
  const t = useTranslations("signIn");
  const Icon = icons[step];
  return (
    <CardNote icon={<Icon />}>
      {t.rich(`${step}.note`, {
        link: (words) => (
          <Link href="/connexion/organisation" prefetch={false}>
            {words}
          </Link>
        ),
      })}
    </CardNote>
  );
}
