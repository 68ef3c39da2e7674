import type { Locale } from "#server/context.ts";
import type { MessageChannel } from "./schema.ts";

/**
 * What a person agrees to, as it is read out to them and kept with their consent: who asks, for what, and that it may be taken back
 * (CASL s. 10(1); SOR/2012-36 s. 4).
 */
export function promotionText(locale: Locale, channel: MessageChannel, clinicName: string): string {
  if (locale === "fr")
    return channel === "email"
      ? `J’accepte que ${clinicName} m’envoie par courriel ses nouvelles et ses offres. Je peux retirer mon accord en tout temps, auprès de la clinique ou par le lien au bas de chaque courriel.`
      : `J’accepte que ${clinicName} m’envoie par texto ses nouvelles et ses offres. Je peux retirer mon accord en tout temps, auprès de la clinique ou en répondant STOP.`;
  return channel === "email"
    ? `I agree that ${clinicName} may send me its news and offers by e-mail. I may take this back at any time, with the clinic or by the link at the foot of each e-mail.`
    : `I agree that ${clinicName} may send me its news and offers by text message. I may take this back at any time, with the clinic or by answering STOP.`;
}
