import type pg from "pg";
import type { Catalogue } from "./catalogue.ts";
import { catalogueQuery } from "./catalogue-query.ts";

/** The catalogue as this connection sees it, uncommitted changes of its own included. */
export async function readCatalogue(client: pg.ClientBase): Promise<Catalogue> {
  // Names are then printed with their schema, whatever the connection's own path is.
  await client.query("set search_path = ''");
  const { rows } = await client.query<{ catalogue: Catalogue }>(catalogueQuery);
  if (!rows[0]) throw new Error("the catalogue is empty");
  return rows[0].catalogue;
}
