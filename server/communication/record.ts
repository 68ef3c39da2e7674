import type { Channel, DisclosureGround, Purpose, RecipientKind } from "./schema.ts";

/** What goes by a link or a fax, as it is kept beside the sending. */
export interface SentFile {
  /** The document's id, or the whole chart's. */
  readonly id: string;
  readonly fileId: string;
  readonly objectKey: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly fileName: string;
  readonly title: string;
}

export type TransmissionStatus = "queued" | "sending" | "sent" | "failed" | "bounced" | "unknown" | "revoked";

/** How a link or a fax fares. Instants are ISO 8601. */
export interface TransmissionView {
  readonly status: TransmissionStatus;
  readonly driver: "manual" | "http" | null;
  readonly contact: string;
  readonly codeBy: "telephone" | "sms" | null;
  /** No code opens it any more: its tries are spent. */
  readonly spent: boolean;
  readonly hasMobile: boolean;
  readonly expiresAt: string | null;
  readonly openedAt: string | null;
  readonly fetched: readonly { readonly at: string; readonly documentId: string }[];
  readonly revokedAt: string | null;
  /** The whole chart that it shows is no longer that: it opens nothing, and is not sent. */
  readonly withdrawn: boolean;
  readonly settledAt: string | null;
  readonly errorCode: string | null;
}

/** One line of what left a chart. */
export interface CommunicationView {
  readonly id: string;
  readonly channel: Channel;
  readonly recipientKind: RecipientKind;
  readonly recipientName: string;
  readonly recipientContact: string;
  readonly purpose: Purpose;
  readonly ground: DisclosureGround;
  readonly justification: string;
  readonly nature: string;
  readonly refusalReason: string;
  readonly by: string;
  readonly occurredAt: string;
  readonly documents: readonly {
    readonly id: string | null;
    readonly title: string;
    /** The document of the letter that took the place of this one since. */
    readonly replacedBy: string | null;
  }[];
  /** Of the directory, to whom it went. */
  readonly correspondentId: string | null;
  /** null for what was given, mailed or told. */
  readonly transmission: TransmissionView | null;
}

/** A sending that somebody should look at. */
export interface SendingToLookAt {
  readonly id: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly channel: "link" | "fax";
  /** `queued`: a fax that is to be sent by hand, a mail that no server takes. */
  readonly status: "queued" | "failed" | "bounced" | "unknown";
  readonly recipientName: string;
  readonly contact: string;
  readonly errorCode: string | null;
  readonly occurredAt: string;
}

/** A line of the register, whoever the patient. */
export interface RegisterLine
  extends Omit<
    CommunicationView,
    "documents" | "transmission" | "refusalReason" | "recipientContact" | "correspondentId"
  > {
  readonly patientId: string;
  readonly patientName: string;
  readonly fileNumber: string;
  readonly refused: boolean;
}
