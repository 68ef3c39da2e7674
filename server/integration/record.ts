import type { IntegrationCode } from "#server/outbound/register.ts";

/** The columns that every verb reads. */
export const integrationSelect = {
  id: true,
  code: true,
  enabled: true,
  outsideQuebec: true,
  efvpReference: true,
  efvpSignedOn: true,
  efvpSignedBy: true,
  settings: true,
  version: true,
  lastUpdated: true,
} as const;

/** An entry of the register as one clinic stands to it. */
export interface IntegrationRecord {
  readonly code: IntegrationCode;
  /** `infrastructure` is the host's to choose, and shown so that the list is whole; `enabled` then says whether it is in use. */
  readonly kind: "clinic" | "infrastructure";
  readonly purpose: { readonly fr: string; readonly en: string };
  /** What goes there. */
  readonly data: { readonly fr: string; readonly en: string };
  /** null: nobody has said yet. */
  readonly outsideQuebec: boolean | null;
  /** The clinic itself says where the recipient is. */
  readonly declaresPlace: boolean;
  readonly enabled: boolean;
  readonly efvpReference: string;
  /** `2026-11-23` */
  readonly efvpSignedOn: string | null;
  /** The member who recorded the assessment. */
  readonly efvpSignedBy: string | null;
  readonly agreementReference: string;
  /** Who receives it, as the clinic named it; null where the host chose, or nobody has said yet. */
  readonly recipient: string | null;
  readonly version: number | null;
}

/** What `settings` holds for every integration. */
export interface IntegrationSettings {
  readonly agreementReference?: string;
}
