import { Link } from "@react-email/link";
import type { MailLocale } from "./define-mail.ts";
import { colours } from "./look.ts";

const words = {
  fr: "Ne plus recevoir de courriels de cette clinique",
  en: "Stop e-mail from this clinic",
};

/** The way out that a clinic's mail to a person ends with: it opens the page where a button ends them. */
export function StopLink({ locale, href }: { locale: MailLocale; href: string }) {
  return (
    <Link href={href} style={{ color: colours.link, textDecoration: "underline" }}>
      {words[locale]}
    </Link>
  );
}
