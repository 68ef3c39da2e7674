import { Button } from "@react-email/button";
import { Heading } from "@react-email/heading";
import { Link } from "@react-email/link";
import { Section } from "@react-email/section";
import { Text } from "@react-email/text";
import type { ReactNode } from "react";
import { colours, digits } from "./look.ts";

export function Title({ children }: { children: ReactNode }) {
  return (
    <Heading
      as="h1"
      style={{ fontSize: "20px", lineHeight: "28px", fontWeight: 650, color: colours.text, margin: "0 0 16px" }}
    >
      {children}
    </Heading>
  );
}

export function Paragraph({ children, quiet = false }: { children: ReactNode; quiet?: boolean }) {
  const look = quiet
    ? { fontSize: "14px", lineHeight: "21px", color: colours.quiet }
    : { fontSize: "16px", lineHeight: "24px", color: colours.text };
  return <Text style={{ ...look, margin: "0 0 16px" }}>{children}</Text>;
}

/** A code to copy by eye: large, spaced, in a face where 0 and O differ. Its text is unbroken, for who copies it. */
export function Code({ children }: { children: string }) {
  return (
    <Section style={{ backgroundColor: colours.soft, borderRadius: "8px", margin: "0 0 20px" }}>
      <Text
        style={{
          fontFamily: digits,
          fontSize: "30px",
          lineHeight: "40px",
          letterSpacing: "6px",
          fontWeight: 700,
          textAlign: "center",
          color: colours.text,
          margin: "0",
          padding: "16px 8px",
        }}
      >
        {children}
      </Text>
    </Section>
  );
}

/** The one thing to do, as a button, with its address in full below: some mailboxes show no button, and some readers trust no button. */
export function Action({ href, children }: { href: string; children: string }) {
  return (
    <>
      <Section style={{ margin: "4px 0 16px" }}>
        <Button
          href={href}
          data-action="true"
          style={{
            backgroundColor: colours.primary,
            color: "#ffffff",
            borderRadius: "8px",
            padding: "13px 22px",
            fontSize: "16px",
            lineHeight: "20px",
            fontWeight: 600,
            textDecoration: "none",
          }}
        >
          {children}
        </Button>
      </Section>
      <Text
        style={{
          fontSize: "13px",
          lineHeight: "20px",
          color: colours.quiet,
          margin: "0 0 16px",
          wordBreak: "break-all",
        }}
      >
        <Link href={href} style={{ color: colours.link, textDecoration: "underline" }}>
          {href}
        </Link>
      </Text>
    </>
  );
}
