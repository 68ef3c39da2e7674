import type { MessageChannel, MessageKind } from "./schema.ts";

export interface MessageText {
  /** Of a mail; a text message has none. */
  readonly subject: string;
  /** Paragraphs are parted by an empty line. `{lien}` or `{link}` is the button of a mail. */
  readonly body: string;
}

type Texts = Readonly<
  Record<MessageKind, Readonly<Record<MessageChannel, Readonly<Record<"fr" | "en", MessageText>>>>>
>;
const sms = (body: string): MessageText => ({ subject: "", body });

/** What is written when the clinic wrote nothing else. Clinic, date, time and link, and no word of what the visit is for (AC-63). */
export const defaultTexts: Texts = {
  confirmation: {
    email: {
      fr: {
        subject: "Rendez-vous confirmé : {quand}",
        body: "Votre rendez-vous est inscrit.\n\n{clinique}\n{date} à {heure}\n\nÀ cette page, vous pouvez le revoir, le déplacer ou l’annuler.\n\n{lien}",
      },
      en: {
        subject: "Appointment confirmed: {when}",
        body: "Your appointment is booked.\n\n{clinic}\n{date} at {time}\n\nOn this page you can see it again, move it or cancel it.\n\n{link}",
      },
    },
    sms: {
      fr: sms("{clinique} : rendez-vous inscrit, {quand}. Le voir ou le changer : {lien}"),
      en: sms("{clinic}: appointment booked, {when}. See or change it: {link}"),
    },
  },
  moved: {
    email: {
      fr: {
        subject: "Rendez-vous déplacé : {quand}",
        body: "Votre rendez-vous a changé. Voici ce qui vaut maintenant.\n\n{clinique}\n{date} à {heure}\n\nSi ce moment ne vous convient pas, changez-le à cette page.\n\n{lien}",
      },
      en: {
        subject: "Appointment moved: {when}",
        body: "Your appointment has changed. This is what holds now.\n\n{clinic}\n{date} at {time}\n\nIf this time does not suit you, change it on this page.\n\n{link}",
      },
    },
    sms: {
      fr: sms("{clinique} : rendez-vous déplacé, {quand}. Le voir ou le changer : {lien}"),
      en: sms("{clinic}: appointment moved, {when}. See or change it: {link}"),
    },
  },
  cancelled: {
    email: {
      fr: {
        subject: "Rendez-vous annulé : {quand}",
        body: "Ce rendez-vous est annulé.\n\n{clinique}\n{date} à {heure}\n\nVous pouvez en prendre un autre à partir de cette page.\n\n{lien}",
      },
      en: {
        subject: "Appointment cancelled: {when}",
        body: "This appointment is cancelled.\n\n{clinic}\n{date} at {time}\n\nYou can book another from this page.\n\n{link}",
      },
    },
    sms: {
      fr: sms("{clinique} : rendez-vous annulé, {quand}. En prendre un autre : {lien}"),
      en: sms("{clinic}: appointment cancelled, {when}. Book another: {link}"),
    },
  },
  reminder: {
    email: {
      fr: {
        subject: "Rappel de rendez-vous : {quand}",
        body: "Vous avez bientôt un rendez-vous.\n\n{clinique}\n{date} à {heure}\n\nDites-nous que vous venez, ou que vous ne pouvez pas venir.\n\n{lien}",
      },
      en: {
        subject: "Appointment reminder: {when}",
        body: "You have an appointment soon.\n\n{clinic}\n{date} at {time}\n\nTell us that you are coming, or that you cannot come.\n\n{link}",
      },
    },
    sms: {
      fr: sms("{clinique} : rappel, {quand}. Confirmer ou annuler : {lien}"),
      en: sms("{clinic}: reminder, {when}. Confirm or cancel: {link}"),
    },
  },
};
