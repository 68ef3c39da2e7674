import { IconArrowLeft } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LanguageSwitch } from "../language/language-switch.tsx";
import { Logo } from "../logo/logo.tsx";
import classes from "./card-page.module.css";

type CardPageProps = {
  title: ReactNode;
  /** One plain sentence under the title. */
  lead?: ReactNode;
  /** Where the arrow before the title goes; no arrow when absent. */
  back?: string;
  /** Quiet help under a line, at the foot of the card: an icon and a sentence. */
  foot?: ReactNode;
  /** Room for two columns inside: an image beside a form. */
  wide?: boolean;
  /** Nothing more than the title and its sentence: a link that leads nowhere. */
  children?: ReactNode;
};

/** One question on one card: signing in, a code, a reset, an invitation. */
export function CardPage({ title, lead, back, foot, wide, children }: CardPageProps) {
  const t = useTranslations("common");
  return (
    <div className={classes.page} data-density="public">
      <div className={classes.card} data-wide={wide || undefined}>
        <header className={classes.head}>
          <Link href="/" className={classes.home} prefetch={false}>
            <Logo height={23} label={t("home")} />
          </Link>
          <LanguageSwitch />
        </header>
        <main id="content">
          <div className={classes.titleRow}>
            {back && (
              <Link href={back} className={classes.back} prefetch={false} aria-label={t("back")}>
                <IconArrowLeft size={20} aria-hidden />
              </Link>
            )}
            <h1 className={classes.title}>{title}</h1>
          </div>
          {lead && <p className={classes.lead}>{lead}</p>}
          {children && <div className={classes.body}>{children}</div>}
          {foot && <div className={classes.foot}>{foot}</div>}
        </main>
      </div>
    </div>
  );
}

/** One line of the card's foot: an icon (20 px) and a sentence. */
export function CardNote({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className={classes.note}>
      <span aria-hidden>{icon}</span>
      <span>{children}</span>
    </p>
  );
}

/** « ou », between two ways of doing the same thing. */
export function OrDivider() {
  const t = useTranslations("common");
  return (
    <div className={classes.or}>
      <span>{t("or")}</span>
    </div>
  );
}
