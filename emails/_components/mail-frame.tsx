import { Body } from "@react-email/body";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Hr } from "@react-email/hr";
import { Html } from "@react-email/html";
import { Preview } from "@react-email/preview";
import { Section } from "@react-email/section";
import { Text } from "@react-email/text";
import type { ReactNode } from "react";
import type { MailLocale } from "./define-mail.ts";
import { colours, font } from "./look.ts";
import { StopLink } from "./stop-link.tsx";

/** Who sends, and how to reach them (AC-62). The platform's own mail is the host's; nothing here is a patient's affair. */
export interface Sender {
  name: string;
  /** E-mail, telephone, city: those that the host gave. */
  contact: string[];
  /** The site's public address. */
  origin: string;
}

const words = {
  fr: {
    from: (name: string) => `Ce courriel vous est envoyé par ${name}.`,
    kind: "Il concerne la sécurité ou la gestion de votre compte et n’est jamais publicitaire : il n’y a donc pas de désabonnement.",
    asked:
      "Vous le recevez parce que vous avez demandé une heure, ou une place sur une liste d’attente, sur la page d’une clinique. Il n’est jamais publicitaire.",
    waiting: "Il concerne la liste d’attente où vous êtes et n’est jamais publicitaire.",
  },
  en: {
    from: (name: string) => `This e-mail was sent to you by ${name}.`,
    kind: "It concerns the security or running of your account and is never promotional, so there is nothing to unsubscribe from.",
    asked:
      "You receive it because you asked for a time, or a place on a waiting list, on a clinic’s page. It is never promotional.",
    waiting: "It concerns the waiting list that you are on and is never promotional.",
  },
};

/** The frame of every mail: the word *chevet*, one card, and who sends it. No image, no font, no script from anywhere. */
export function MailFrame(props: {
  locale: MailLocale;
  subject: string;
  preview: string;
  sender: Sender;
  /** About no account: somebody asked on a clinic's page. */
  forVisitor: boolean;
  /** The page where a button ends a clinic's mail to a person; none for mail about an account. */
  wayOut?: string | undefined;
  children: ReactNode;
}) {
  const { locale, subject, preview, sender, forVisitor, wayOut, children } = props;
  const say = words[locale];
  const small = { fontSize: "13px", lineHeight: "20px", color: colours.quiet, margin: "0 0 6px" };
  return (
    <Html lang={locale === "fr" ? "fr-CA" : "en-CA"} dir="ltr">
      <Head>
        <meta name="color-scheme" content="light" />
        <meta name="supported-color-schemes" content="light" />
        <title>{subject}</title>
      </Head>
      <Body style={{ backgroundColor: colours.page, fontFamily: font, margin: "0", padding: "24px 12px" }}>
        <Preview>{preview}</Preview>
        <Container style={{ maxWidth: "560px", margin: "0 auto" }}>
          <Text
            style={{
              fontSize: "24px",
              lineHeight: "32px",
              fontWeight: 700,
              color: colours.text,
              margin: "0 0 16px 4px",
            }}
          >
            chevet
          </Text>
          <Section
            style={{
              backgroundColor: colours.surface,
              border: `1px solid ${colours.line}`,
              borderRadius: "12px",
              padding: "28px 28px 12px",
            }}
          >
            {children}
          </Section>
          <Section style={{ padding: "16px 4px 0" }}>
            <Text style={small}>{say.from(sender.name)}</Text>
            <Text style={small}>{[...sender.contact, new URL(sender.origin).host].join(" · ")}</Text>
            <Hr style={{ borderColor: colours.line, margin: "10px 0" }} />
            {wayOut ? (
              <Text style={small}>
                {say.waiting} <StopLink locale={locale} href={wayOut} />
              </Text>
            ) : (
              <Text style={small}>{forVisitor ? say.asked : say.kind}</Text>
            )}
          </Section>
        </Container>
      </Body>
    </Html>
  );
}
