import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LanguageSwitch } from "../language/language-switch.tsx";
import { Logo } from "../logo/logo.tsx";
import { Stepper } from "../stepper/stepper.tsx";
import classes from "./sign-up-frame.module.css";

type SignUpFrameProps = {
  /** Said beside the logo: what this path does. */
  path: string;
  steps: string[];
  /** Counts from 0. */
  current: number;
  title: ReactNode;
  lead?: ReactNode;
  /** `SaveState`, at the top right. */
  saved?: ReactNode;
  /** Left out while the French terms have not been shown yet. */
  withLanguage?: boolean;
  /** What was decided so far; beside the form on a desk, under it on a phone. */
  summary?: ReactNode;
  children: ReactNode;
};

/** A path of a few steps, with what it leads to always in view. */
export function SignUpFrame({ withLanguage = true, ...props }: SignUpFrameProps) {
  const t = useTranslations("common");
  return (
    <div className={classes.page} data-density="public">
      <header className={classes.head}>
        <div className={classes.headInner}>
          <Link href="/" prefetch={false} className={classes.home}>
            <Logo height={23} label={t("home")} />
          </Link>
          <span className={classes.path}>{props.path}</span>
          <span className={classes.saved}>{props.saved}</span>
          {withLanguage && <LanguageSwitch />}
        </div>
      </header>
      <div className={classes.columns}>
        <main id="content" className={classes.main}>
          <Stepper steps={props.steps} current={props.current} />
          <h1 className={classes.title}>{props.title}</h1>
          {props.lead && <p className={classes.lead}>{props.lead}</p>}
          <div className={classes.body}>{props.children}</div>
        </main>
        {props.summary && (
          <aside className={classes.aside} aria-label={t("summary")}>
            {props.summary}
          </aside>
        )}
      </div>
    </div>
  );
}

/** One fact of the summary: an icon, a short title, one sentence. */
export function SummaryFact({ icon, title, children }: { icon: ReactNode; title: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.fact}>
      <span className={classes.factIcon} aria-hidden>
        {icon}
      </span>
      <div>
        <p className={classes.factTitle}>{title}</p>
        {children && <p className={classes.factText}>{children}</p>}
      </div>
    </div>
  );
}
