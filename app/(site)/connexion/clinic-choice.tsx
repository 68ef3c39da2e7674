"use client";

import { Button } from "@mantine/core";
import { IconChevronRight, IconUser } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { callSignOut } from "../../_session/call-sign-in.ts";
import { CardNote, CardPage } from "../../_ui/frame/card-page.tsx";
import classes from "./clinic-choice.module.css";

interface Choice {
  slug: string;
  name: string;
}

/** Where to go, for a person of several clinics, or of none yet. */
export function ClinicChoice({ clinics }: { clinics: Choice[] }) {
  const t = useTranslations("signIn.clinics");
  return (
    <CardPage
      title={t("title")}
      lead={t(clinics.length > 0 ? "lead" : "none")}
      foot={
        <CardNote icon={<IconUser />}>
          <Link href="/compte" prefetch={false}>
            {t("account")}
          </Link>
        </CardNote>
      }
    >
      <ul className={classes.list}>
        {clinics.map(({ slug, name }) => (
          <li key={slug}>
            <Link href={`/clinic/${slug}`} prefetch={false} className={classes.clinic}>
              <span>{name}</span>
              <IconChevronRight size={18} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        fullWidth
        mt="md"
        onClick={() => callSignOut().then(() => window.location.assign("/connexion"))}
      >
        {t("signOut")}
      </Button>
    </CardPage>
  );
}
