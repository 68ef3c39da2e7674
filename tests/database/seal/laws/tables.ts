import { nameOf, type Table } from "../catalogue/catalogue.ts";
import { exactDecimals, ownersOnly, triggers } from "../expected/exceptions.ts";
import { isLibraryTable } from "../expected/queue-library.ts";
import { differences, type Law } from "./law.ts";

const ours = (tables: Table[]) => tables.filter((table) => !isLibraryTable(nameOf(table)));
const isTable = ({ kind }: Table) => kind === "r" || kind === "p";

/** One owner, who never serves; and only plain tables and views. */
export const tableOwners: Law = ({ tables }) =>
  tables.flatMap((table) => [
    ...(table.owner === "chevet_owner" ? [] : [`${nameOf(table)}: belongs to ${table.owner}`]),
    ...(["r", "p", "v"].includes(table.kind) ? [] : [`${nameOf(table)}: is of kind ${table.kind}`]),
    ...table.rules.map((rule) => `${nameOf(table)}: has a rule ${rule}`),
  ]);

/** Row security enabled and forced on every table of ours: the owner too sees only what a policy shows. */
export const rowSecurity: Law = ({ tables }) =>
  ours(tables)
    .filter((table) => isTable(table) && table.schema !== "reference" && !ownersOnly.includes(nameOf(table)))
    .flatMap((table) => [
      ...(table.rowSecurity ? [] : [`${nameOf(table)}: row security is not enabled`]),
      ...(table.forced ? [] : [`${nameOf(table)}: row security is not forced`]),
    ]);

/** A view looks with the eyes of whoever asks. */
export const invokerViews: Law = ({ tables }) =>
  tables
    .filter(
      ({ kind, options }) =>
        kind === "v" && !options.includes("security_invoker=true") && !options.includes("security_invoker=on"),
    )
    .map((view) => `${nameOf(view)}: is a view that is not security_invoker`);

const inexact =
  /^(numeric|real|double precision|money|json$|timestamp( |\()?.*without|timestamp without|time |character|"char"|bpchar)/;

/** Integer cents, text with CHECK, instants with a zone, jsonb: and a type of one's own nowhere. */
export const plainTypes: Law = ({ tables }) =>
  ours(tables)
    .filter((table) => !ownersOnly.includes(nameOf(table)))
    .flatMap((table) =>
      table.columns
        .filter(
          ({ name, type }) =>
            (inexact.test(type) && !exactDecimals.includes(`${nameOf(table)}.${name}`)) || type.includes("."),
        )
        .map(({ name, type }) => `${nameOf(table)}: ${name} is ${type}`),
    );

export const bigintCents: Law = ({ tables }) =>
  ours(tables).flatMap((table) =>
    table.columns
      .filter(({ name, type }) => /(^|_)(cents|amount|price|total|fee)(_|$)/.test(name) && type !== "bigint")
      .map(({ name, type }) => `${nameOf(table)}: ${name} is money held as ${type}, not bigint`),
  );

/** Each constraint bears a name that begins with its table's: an error then says where it comes from. */
export const namedConstraints: Law = ({ tables }) =>
  ours(tables).flatMap((table) =>
    table.constraints
      .filter(({ name }) => !name.startsWith(`${table.name}_`) || /_(check\d+|fkey\d*|excl\d*)$/.test(name))
      .map(({ name }) => `${nameOf(table)}: constraint ${name} has no name of its own`),
  );

/** Triggers run with the rights of whoever writes, and do things that a reader of the verb does not see: each is listed. */
export const listedTriggers: Law = ({ tables }) =>
  ours(tables).flatMap((table) => {
    const name = nameOf(table);
    const versioned = table.schema === "clinic" && table.columns.some((one) => one.name === "change_txid");
    const expected = [...(versioned ? ["keep_version → clinic.keep_version"] : []), ...(triggers[name] ?? [])];
    const disabled = table.triggers
      .filter(({ enabled }) => enabled !== "O")
      .map((one) => `${name}: trigger ${one.name} is disabled`);
    return [
      ...differences(
        `${name}: trigger`,
        table.triggers.map((one) => `${one.name} → ${one.function}`),
        expected,
      ),
      ...disabled,
    ];
  });
