import { newId } from "#server/db/new-id.ts";
import { type Catalogue, nameOf, type Table } from "../catalogue/catalogue.ts";
import { access } from "../expected/access.ts";
import { isLibraryTable } from "../expected/queue-library.ts";
import { makeRow, type Place } from "./make-row.ts";
import type { Row } from "./row.ts";

/** A clinic with a person and a patient of its own, and a row of every table. */
export interface World extends Place {
  /** The row that others of this world hang on. */
  common(table: string): Row;
  /** A row that nothing hangs on, to be attacked; the common one where the table holds one per clinic or person. */
  target(table: string): Row;
  /** A row of this very world that is not in the database. */
  fresh(table: string, fill: readonly string[]): Row;
  /** A row that is not in the database yet and could be inserted; of a clinic of its own where there can be one only. */
  candidate(table: string): { row: Row; world: World };
}

/** Statements that put the made rows into the database, parents first; emptied by whoever runs them. */
export type Sink = string[];

export function insertStatement(table: string, row: Row): string {
  const names = Object.keys(row);
  const [schema, name] = table.split(".");
  return `insert into ${schema}."${name}" (${names.map((one) => `"${one}"`).join(", ")}) values (${names.map((one) => row[one]?.sql).join(", ")})`;
}

export const attackedTables = (catalogue: Catalogue) =>
  catalogue.tables.filter((table) => table.rowSecurity && !isLibraryTable(nameOf(table)) && table.kind !== "v");

/** @param sink receives the inserts: run them as superuser before the rows are used. */
export function makeWorld(catalogue: Catalogue, sink: Sink): World {
  const tables = new Map(catalogue.tables.map((table) => [nameOf(table), table]));
  const tableOf = (name: string): Table => {
    const table = tables.get(name);
    if (!table) throw new Error(`there is no table ${name}`);
    return table;
  };
  const [commons, targets] = [new Map<string, Row>(), new Map<string, Row>()];
  const put = (name: string, row: Row) => {
    // The one row of the whole house (the host's settings) may be there already.
    const once = isSingle(tableOf(name)) && !("clinic_id" in row) ? " on conflict do nothing" : "";
    sink.push(insertStatement(name, row) + once);
    // What triggers derive from it is tried by itself.
    if (name === "clinic.appointment") sink.push(`delete from clinic.place where id = ${row.id?.sql}`);
    if (name === "clinic.practitioner") sink.push(`delete from clinic.resource where id = ${row.id?.sql}`);
    return row;
  };
  const place: Place = {
    clinicId: newId(),
    userId: newId(),
    patientId: newId(),
    parent: (name, alone) => (alone ? put(name, makeRow(tableOf(name), place)) : common(name)),
  };
  const common = (name: string): Row => {
    const known = commons.get(name);
    if (known) return known;
    const row = makeRow(tableOf(name), place, { common: true });
    commons.set(name, row);
    return put(name, row);
  };
  const world: World = {
    ...place,
    common,
    target(name) {
      const known = targets.get(name);
      if (known) return known;
      const row = isSingle(tableOf(name)) ? common(name) : put(name, makeRow(tableOf(name), place));
      targets.set(name, row);
      return row;
    },
    fresh: (name, fill) => makeRow(tableOf(name), place, { fill }),
    candidate(name) {
      if (!isSingle(tableOf(name))) return { row: makeRow(tableOf(name), place), world };
      const bare = makeWorld(catalogue, sink);
      bare.common("identity.membership");
      // A visitor comes to a clinic that has a page.
      if (/\bSIU/.test(access[name]?.visitor ?? ""))
        for (const one of ["host.clinic_registration", "clinic.public_page"]) bare.common(one);
      return { row: makeRow(tableOf(name), bare), world: bare };
    },
  };
  return world;
}

/** One row per clinic (or for the whole house): each column of a unique key is the clinic or can have one value only. */
export function isSingle(table: Table): boolean {
  const fixed = (name: string | null) =>
    name === "clinic_id" ||
    table.constraints.some(
      ({ type, columns, definition }) =>
        type === "c" && columns.join() === name && /^CHECK \(\(\w+ = ('[^']*'::text|\d+)\)\)$/.test(definition),
    );
  return table.indexes.some(({ unique, partial, columns }) => unique && !partial && columns.every(fixed));
}
