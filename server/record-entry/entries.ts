import type { Db } from "#server/db/database.ts";
import type { EntryKind } from "./schema.ts";

/** What a kind of statement is called in the journal and in the table of versions, and the columns that a reader is shown. */
interface Entry {
  /** The noun of its events: `condition.added`. */
  readonly noun: string;
  /** The resource, as the journal names it. */
  readonly entity: string;
  readonly table: string;
  readonly shown: readonly string[];
  readonly rows: (db: Db) => Rows;
}

/** The little of a Prisma delegate that every kind is asked. */
interface Rows {
  findFirst(query: object): Promise<Found | null>;
  updateMany(query: object): Promise<{ count: number }>;
}

interface Found {
  readonly patientId: string;
  readonly status: string;
  readonly version: number;
  readonly lastUpdated: Date;
}

const rows = (delegate: unknown) => delegate as Rows;

export const entries: Readonly<Record<EntryKind, Entry>> = {
  condition: {
    noun: "condition",
    entity: "Condition",
    table: "condition",
    shown: ["label", "onset", "abatement", "status", "note"],
    rows: (db) => rows(db.condition),
  },
  history: {
    noun: "history",
    entity: "HistoryEntry",
    table: "history_entry",
    shown: ["kind", "relation", "label", "occurred", "atAge", "status", "note"],
    rows: (db) => rows(db.historyEntry),
  },
  allergy: {
    noun: "allergy",
    entity: "AllergyIntolerance",
    table: "allergy_intolerance",
    shown: ["kind", "substance", "reaction", "severity", "certainty", "onset", "status", "note"],
    rows: (db) => rows(db.allergyIntolerance),
  },
  observation: {
    noun: "observation",
    entity: "Observation",
    table: "observation",
    shown: ["effective_at", "comparator", "value", "value_text", "unit", "entered", "status", "note"],
    rows: (db) => rows(db.observation),
  },
  immunization: {
    noun: "immunization",
    entity: "Immunization",
    table: "immunization",
    shown: [
      "vaccine",
      "product",
      "occurred",
      "lot",
      "expires_on",
      "site",
      "route",
      "dose",
      "dose_number",
      "origin",
      "status",
      "not_done_reason",
      "note",
    ],
    rows: (db) => rows(db.immunization),
  },
};

/** Events are closed words; spelled out, so that the journal's page is known to have a sentence for each. */
export const inErrorEvents: Readonly<Record<EntryKind, string>> = {
  condition: "condition.entered-in-error",
  history: "history.entered-in-error",
  allergy: "allergy.entered-in-error",
  observation: "observation.entered-in-error",
  immunization: "immunization.entered-in-error",
};
