import { type Constraint, nameOf, type Table } from "../catalogue/catalogue.ts";
import { authorless, cascading, otherIndexes, otherPrimaryKeys, unversioned } from "../expected/exceptions.ts";
import type { Law } from "./law.ts";

const sealed = (tables: Table[]) =>
  tables.filter(({ schema, kind }) => schema === "clinic" && (kind === "r" || kind === "p"));
const column = (table: Table, name: string) => table.columns.find((one) => one.name === name);

/** clinic_id first in everything that identifies or joins a row, so that another clinic's row cannot even be named. */
export const clinicKeys: Law = ({ tables }) =>
  sealed(tables).flatMap((table) => {
    const name = nameOf(table);
    const id = column(table, "clinic_id");
    const primary = table.constraints.find(({ type }) => type === "p")?.columns ?? [];
    const wanted = otherPrimaryKeys[name] ?? ["clinic_id", "id"];
    const faults: string[] = [];
    if (id?.type !== "uuid" || !id.notNull) faults.push(`${name}: clinic_id is not "uuid not null"`);
    if (id?.hasDefault) faults.push(`${name}: clinic_id has a default`);
    if (primary.join() !== wanted.join()) faults.push(`${name}: its primary key is (${primary}), not (${wanted})`);
    for (const key of table.constraints) faults.push(...keyFaults(name, key));
    for (const index of table.indexes)
      if (index.first !== (otherIndexes[`${name}.${index.name}`] ?? "clinic_id"))
        faults.push(`${name}: index ${index.name} does not lead with clinic_id`);
    return faults;
  });

function keyFaults(table: string, key: Constraint): string[] {
  if (key.type === "c" || key.type === "t") return [];
  const faults: string[] = [];
  if (key.columns[0] !== "clinic_id") faults.push(`${table}: ${key.name} does not lead with clinic_id`);
  if (key.type === "x" && !key.definition.includes("(clinic_id WITH ="))
    faults.push(`${table}: ${key.name} does not hold clinic_id with =`);
  if (key.type !== "f") return faults;
  if (!key.references?.startsWith("clinic."))
    faults.push(`${table}: ${key.name} leaves the schema for ${key.references}`);
  if (key.referencedColumns?.[0] !== "clinic_id")
    faults.push(`${table}: ${key.name} points at a key that does not lead with clinic_id`);
  if (!key.definition.includes("ON DELETE RESTRICT") && !(`${table}.${key.name}` in cascading))
    faults.push(`${table}: ${key.name} is not ON DELETE RESTRICT`);
  return faults;
}

/** Ids are UUIDv7 made by the application; a row that has an id has no other way to get one. */
export const clinicIds: Law = ({ tables }) =>
  sealed(tables).flatMap((table) => {
    const id = column(table, "id");
    return id && (id.type !== "uuid" || id.hasDefault)
      ? [`${nameOf(table)}: id is not a uuid made by the application`]
      : [];
  });

const changing = ["version", "last_updated", "change_number", "change_txid"];

/** What staff may change keeps its earlier versions, one at a time (promise 6). */
export const clinicVersions: Law = ({ tables }) =>
  sealed(tables).flatMap((table) => {
    const name = nameOf(table);
    const has = changing.filter((one) => column(table, one));
    const keeps = table.triggers.some((one) => one.function === "clinic.keep_version" && one.enabled === "O");
    const held = [...table.grants, ...table.columns.flatMap(({ grants }) => grants)];
    const changed = held.some(
      ({ grantee, privilege }) => privilege === "UPDATE" && grantee !== table.owner && grantee !== "chevet_mover",
    );
    if (name === "clinic.record_version") return [];
    if (has.length > 0 && has.length < changing.length) return [`${name}: has only ${has} of ${changing}`];
    if (has.length > 0 && !keeps) return [`${name}: has a version that no trigger keeps`];
    if (changed && !keeps && !(name in unversioned)) return [`${name}: may be changed in place and no version is kept`];
    return [];
  });

/** Every table about a person says whom, who wrote it and which category, so that a written restriction can hold (promise 4). */
export const clinicPersons: Law = ({ tables }) =>
  sealed(tables)
    .filter((table) => column(table, "patient_id"))
    .flatMap((table) => {
      const name = nameOf(table);
      const faults: string[] = [];
      if (!column(table, "author_id") && !(name in authorless)) faults.push(`${name}: has no author_id`);
      const needsCategory = name !== "clinic.audit_event" && name !== "clinic.break_glass";
      if (needsCategory && !column(table, "category")?.notNull) faults.push(`${name}: has no category`);
      return faults;
    });
