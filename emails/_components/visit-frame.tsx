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

/** The clinic that writes, and how to reach it (AC-62). */
export interface ClinicSender {
  /** The neutral name where the clinic has one. */
  name: string;
  /** Postal address, telephone, e-mail: those that it gave. */
  contact: string[];
}

const words = {
  fr: {
    from: (name: string) => `Ce courriel vous est envoyé par ${name}.`,
    kind: "Il concerne votre rendez-vous et n’est jamais publicitaire.",
  },
  en: {
    from: (name: string) => `This e-mail was sent to you by ${name}.`,
    kind: "It concerns your appointment and is never promotional.",
  },
};

/** The frame of what a clinic writes to a person about a visit: the clinic's name, one card, who sends it and the way out. */
export function VisitFrame(props: {
  locale: MailLocale;
  subject: string;
  preview: string;
  sender: ClinicSender;
  /** The page where a button ends these mails. */
  wayOut: string;
  children: ReactNode;
}) {
  const { locale, subject, preview, sender, wayOut, children } = props;
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
              fontSize: "20px",
              lineHeight: "28px",
              fontWeight: 700,
              color: colours.text,
              margin: "0 0 16px 4px",
            }}
          >
            {sender.name}
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
            <Text style={small}>{sender.contact.join(" · ")}</Text>
            <Hr style={{ borderColor: colours.line, margin: "10px 0" }} />
            <Text style={small}>
              {say.kind} <StopLink locale={locale} href={wayOut} />
            </Text>
          </Section>
        </Container>
      </Body>
    </Html>
  );
}
