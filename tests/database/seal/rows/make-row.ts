import type { Column, Constraint, Table } from "../catalogue/catalogue.ts";
import { nameOf } from "../catalogue/catalogue.ts";
import { ownerColumns } from "./owner-columns.ts";
import { type Row, uuid, type Value } from "./row.ts";
import { overrides, valueFor } from "./value-for.ts";

/** Where a row belongs, and the rows that it may hang on. */
export interface Place {
  readonly clinicId: string;
  readonly userId: string;
  readonly patientId: string;
  /** A parent row of this place: the common one, or one that nothing else hangs on. */
  readonly parent: (table: string, alone: boolean) => Row;
}

interface Options {
  /** The common row of the place, on which others hang; it bears the place's own ids. */
  readonly common?: boolean;
  /** Columns to fill though they may stay empty. */
  readonly fill?: readonly string[];
}

/** Tables whose common row bears the id of its place. */
const ownIds: Readonly<Record<string, (place: Place) => Record<string, Value>>> = {
  "identity.user": ({ userId }) => ({ id: uuid(userId) }),
  "host.operator": ({ userId }) => ({ user_id: uuid(userId) }),
  "clinic.patient": ({ patientId }) => ({ id: uuid(patientId) }),
};

/** Columns that may stay empty and that a row that says something has: a visit is of a service and for somebody. */
const alsoFilled: Readonly<Record<string, readonly string[]>> = {
  "clinic.sitting": ["service_id", "hold_hash"],
  "clinic.opening_review": ["break_glass_id"],
  "clinic.appointment": ["request_person_id"],
  "clinic.waitlist_entry": ["request_person_id"],
  "clinic.waitlist_offer": ["request_person_id"],
  // In a chart: only what stands in one is sent.
  "clinic.document": ["patient_id"],
};

/** Parents of a row's own: one resource holds one sitting at a time, and a sitting has one place. */
const ownParents: Readonly<Record<string, readonly string[]>> = {
  "clinic.occupancy": ["resource_id"],
  "clinic.appointment": ["sitting_id"],
  "clinic.discussion_participant": ["discussion_id"],
  "clinic.discussion_reading": ["discussion_id"],
  "clinic.encounter": ["appointment_id"],
  "clinic.place": ["sitting_id"],
  "clinic.waitlist_offer": ["freed_time_id"],
  "clinic.service_candidate": ["resource_id"],
  "clinic.reminder_rule_service": ["service_id"],
};

/**
 * A valid row of this table in this place, from nothing but the catalogue. Columns that may stay empty do, except those that
 * say whose the row is, that a unique key holds, or that `fill` names.
 */
export function makeRow(table: Table, place: Place, { common = false, fill = [] }: Options = {}): Row {
  const owners = ownerColumns(nameOf(table));
  const filled = [...fill, ...(alsoFilled[nameOf(table)] ?? [])];
  const columns = table.columns.filter((column) => isFilled(table, column, owners, filled));
  const row: Record<string, Value> = {};
  for (const column of columns) row[column.name] = ownValue(table, column, owners, place) ?? valueFor(table, column);
  if (common) Object.assign(row, ownIds[nameOf(table)]?.(place));
  for (const key of table.constraints) {
    if (key.type !== "f") continue;
    const columns = key.columns.filter((name) => name !== "clinic_id");
    const own = ownParents[nameOf(table)]?.some((name) => columns.includes(name));
    const alone = !common && (own || isAlone(table, columns) || columns.some((name) => fill.includes(name)));
    Object.assign(row, hungOn(key, place, row, alone));
  }
  return overrides[nameOf(table)]?.(row) ?? row;
}

function isFilled(
  table: Table,
  column: Column,
  owners: Readonly<Record<string, string>>,
  fill: readonly string[],
): boolean {
  if (column.generated) return false;
  if (column.notNull && !column.hasDefault) return true;
  if (column.name in owners || fill.includes(column.name)) return true;
  // The first of a chain hangs on none.
  if (hangsOnItself(table, column)) return false;
  return table.indexes.some(({ unique, columns }) => unique && columns.includes(column.name));
}

const hangsOnItself = (table: Table, { name }: Column) =>
  table.constraints.some(
    ({ type, columns, references }) => type === "f" && references === nameOf(table) && columns.includes(name),
  );

function ownValue(
  table: Table,
  { name }: Column,
  owners: Readonly<Record<string, string>>,
  place: Place,
): Value | undefined {
  if (name === "clinic_id") return uuid(place.clinicId);
  if (name === "patient_id") return uuid(place.patientId);
  if (owners[name] === "user_id" && name !== "id" && !isAlone(table, [name])) return uuid(place.userId);
  return undefined;
}

/** Whether a unique key holds these columns with nothing else but the clinic: then each row needs values of its own. */
export function isAlone(table: Table, columns: readonly string[]): boolean {
  return table.indexes.some(
    (index) =>
      index.unique &&
      index.columns.some((one) => one !== null && columns.includes(one)) &&
      index.columns.every((one) => one === "clinic_id" || (one !== null && columns.includes(one))),
  );
}

function hungOn(key: Constraint, place: Place, row: Row, alone: boolean): Row {
  if (!key.references || !key.columns.every((name) => name in row)) return {};
  const parent = place.parent(key.references, alone);
  const values = key.columns.map((name, at) => [name, parent[key.referencedColumns?.[at] ?? ""]] as const);
  return Object.fromEntries(values.filter(([name, value]) => value && name !== "clinic_id")) as Row;
}
