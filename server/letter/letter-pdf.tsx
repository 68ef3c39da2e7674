import { Image, Text, View } from "@react-pdf/renderer";
import { ChartPages, styles } from "#server/pdf/chart-page.tsx";
import { figure, tag } from "#server/pdf/tag.ts";
import type { PreparedLetter } from "./prepare-letter.ts";
import { RichPages } from "./rich-pages.tsx";
import type { Recipient } from "./schema.ts";
import { letterWords, longDay, sayPriority } from "./words.ts";

interface Props {
  readonly letter: PreparedLetter;
  /** What is behind it, with how many pages each has. */
  readonly attached: readonly { readonly title: string; readonly pages: number }[];
  /** A picture as a data address; null: a line to sign on. */
  readonly signature: string | null;
  /** ISO instant. */
  readonly madeAt: string;
  readonly isPreview: boolean;
}

/** A letter or a request on paper: to whom, about whom, what is behind it, the text, the signature, who has a copy. */
export function LetterPages({ letter, attached, signature, madeAt, isPreview }: Props) {
  const { kind, content, clinic, patient, today, correctsDay } = letter;
  const { language, recipient, copies, subject, body, specialty, priority } = content;
  const words = letterWords[language];
  const facts = [
    longDay(today, language),
    kind === "referral" && specialty,
    kind === "referral" && priority && `${words.priority} ${sayPriority(priority, language)}`,
    correctsDay && `${words.corrects} ${correctsDay}`,
    isPreview && words.preview,
  ].filter(Boolean);
  return (
    <ChartPages
      title={words[kind]}
      language={language}
      madeAt={madeAt}
      clinic={clinic}
      facts={facts as string[]}
      patient={{
        name: patient.name,
        lines: [
          patient.birthDate && `${words.born}${colon(language)} ${patient.birthDate}`,
          patient.phone && `${words.phone}${colon(language)} ${patient.phone}`,
        ].filter(Boolean) as string[],
        aside: [
          `${words.nam}${colon(language)} ${patient.nam ?? words.noNam}`,
          `${words.file}${colon(language)} ${patient.fileNumber}`,
        ],
      }}
      foot={words[kind]}
      behind={attached.reduce((sum, { pages }) => sum + pages, 0)}
      end={<End letter={letter} signature={signature} copies={copies} />}
    >
      {recipient && (
        <View style={{ marginBottom: 12 }}>
          <Text style={styles.strong}>{recipient.name}</Text>
          {[recipient.specialty, ...recipient.address.split("\n"), recipient.fax && `${words.fax} ${recipient.fax}`]
            .filter(Boolean)
            .map((line) => (
              <Text key={line}>{line}</Text>
            ))}
        </View>
      )}
      <Text
        {...tag("H2")}
        style={{ ...styles.strong, marginBottom: 10 }}
      >{`${words.subject}${colon(language)} ${subject}`}</Text>
      {attached.length > 0 && (
        <View style={{ ...styles.patient, flexDirection: "column", justifyContent: "flex-start" }} wrap={false}>
          <Text {...tag("H3")} style={styles.strong}>{`${words.attachments} (${attached.length})`}</Text>
          {attached.map(({ title, pages }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a page is drawn once.
            <Text key={`${at} ${title}`} {...tag("LI", "LBody")}>{`${at + 1}. ${title}, ${words.pages(pages)}`}</Text>
          ))}
        </View>
      )}
      <RichPages text={body} />
    </ChartPages>
  );
}

const colon = (language: "fr" | "en") => (language === "fr" ? "\u00a0:" : ":");

function End({
  letter: { author, content, clinic },
  signature,
  copies,
}: {
  letter: PreparedLetter;
  signature: string | null;
  copies: readonly Recipient[];
}) {
  const words = letterWords[content.language];
  return (
    <View>
      <View style={{ flexDirection: "row", justifyContent: "space-between", alignItems: "flex-end" }}>
        <View>
          <Text style={styles.name}>{author.name}</Text>
          {author.title !== "" && <Text>{author.title}</Text>}
          <Text>
            {[author.permitNumber && `${words.licence} ${author.permitNumber}`, clinic.phone]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </View>
        <View style={{ width: 200, borderBottom: "0.75 solid #16212e", paddingBottom: 3 }}>
          {signature && (
            <Image {...figure(words.signature)} src={signature} style={{ height: 44, objectFit: "contain" }} />
          )}
          {!signature && <Text style={styles.quiet}>{words.signature}</Text>}
        </View>
      </View>
      {copies.length > 0 && (
        <Text style={{ marginTop: 14 }}>
          {`${words.copies} ${copies.map(({ name, specialty }) => [name, specialty].filter(Boolean).join(", ")).join(content.language === "fr" ? " ; " : "; ")}`}
        </Text>
      )}
    </View>
  );
}
