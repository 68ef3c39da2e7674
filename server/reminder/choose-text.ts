import { defaultTexts, type MessageText } from "./default-texts.ts";
import type { MessageChannel, MessageKind } from "./schema.ts";

/** As `clinic.message_wording.texts` keeps them. */
export type Wording = Readonly<Record<string, MessageText>>;

export const wordingKey = (kind: MessageKind, channel: MessageChannel, locale: "fr" | "en") =>
  `${kind}.${channel}.${locale}`;

/** The clinic's own words where it wrote some, else ours. */
export function chooseText(
  texts: Wording,
  kind: MessageKind,
  channel: MessageChannel,
  locale: "fr" | "en",
): MessageText {
  const own = texts[wordingKey(kind, channel, locale)];
  return own?.body ? own : defaultTexts[kind][channel][locale];
}
