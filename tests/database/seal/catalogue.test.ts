import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "#tests/database/setup.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import { readCatalogue } from "./catalogue/read-catalogue.ts";
import { laws } from "./laws/all.ts";

/** The walk: what PostgreSQL says it is, against what each class of table, role and function must be. */
describe("catalogue", () => {
  const client = new pg.Client({ connectionString: database.adminUrl });
  let catalogue: Catalogue;

  beforeAll(async () => {
    await client.connect();
    catalogue = await readCatalogue(client);
  });
  afterAll(() => client.end());

  it("is read whole", () => {
    expect(catalogue.tables.length).toBeGreaterThan(30);
    expect(catalogue.roles.length).toBeGreaterThan(10);
    expect(catalogue.tables.flatMap(({ policies }) => policies).length).toBeGreaterThan(60);
  });

  it.each(Object.entries(laws))("%s", (_name, law) => {
    expect(law(catalogue)).toEqual([]);
  });
});
