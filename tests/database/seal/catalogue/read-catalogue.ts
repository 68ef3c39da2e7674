import type pg from "pg";
import type { Catalogue, Table } from "./catalogue.ts";
import { catalogueQuery, partQuery, tableQuery } from "./catalogue-query.ts";

/** The catalogue as this connection sees it, uncommitted changes of its own included. */
export async function readCatalogue(client: pg.ClientBase): Promise<Catalogue> {
  // Names are then printed with their schema, whatever the connection's own path is.
  await client.query("set search_path = ''");
  const { rows } = await client.query<{ catalogue: Catalogue }>(catalogueQuery);
  if (!rows[0]) throw new Error("the catalogue is empty");
  return rows[0].catalogue;
}

/** The same catalogue with one part read again. */
export async function rereadPart(
  client: pg.ClientBase,
  catalogue: Catalogue,
  part: keyof Catalogue,
): Promise<Catalogue> {
  const { rows } = await client.query({ name: `reread_${part}`, text: partQuery(part) });
  return { ...catalogue, [part]: rows[0]?.part };
}

/** The same catalogue with one table in it, read again. */
export async function rereadTable(client: pg.ClientBase, catalogue: Catalogue, name: string): Promise<Catalogue> {
  const { rows } = await client.query<{ tables: Table[] }>({
    name: "reread_table",
    text: tableQuery,
    values: name.split("."),
  });
  return { ...catalogue, tables: rows[0]?.tables ?? [] };
}
