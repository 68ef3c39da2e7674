import { readdirSync, readFileSync } from "node:fs";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum, type SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fromRoot } from "#infra/local/paths.ts";
import { openSchemaEngine } from "#infra/local/postgres/schema-engine.ts";
import { freshDatabase } from "#tests/database/setup.ts";
import { libraryTables, libraryTypes } from "./expected/queue-library.ts";

/**
 * Migrations are written by hand, and so are the models: here Prisma's own engine says what it would change to bring the
 * migrated database to the models. It should be nothing.
 */

const scratch = await freshDatabase();
const pool = new pg.Pool({ connectionString: scratch.adminUrl });

beforeAll(async () => {
  // The queue library's tables are no models of ours.
  const drops = [
    ...libraryTables.map((name) => `drop table ${name} cascade`),
    ...libraryTypes.map((name) => `drop type ${name} cascade`),
  ];
  await pool.query(drops.join(";\n"));
});
afterAll(async () => {
  await pool.end();
  await scratch.drop();
});

it("the models are what the migrations made", async () => {
  expect(await differences()).toEqual([]);
});

it("sees a column that the models do not have, and one of another type", async () => {
  await pool.query(
    "alter table clinic.patient add column shoe_size int; alter table clinic.location alter column city type varchar(50)",
  );
  expect((await differences()).join("\n")).toMatch(/"clinic"."location".*"city".*"clinic"."patient".*"shoe_size"/s);
  await pool.query(
    "alter table clinic.patient drop column shoe_size; alter table clinic.location alter column city type text",
  );
});

/** Statements that the engine would run, less those that only show what a model cannot say. */
async function differences(): Promise<string[]> {
  const files = ["schema.prisma", ...readdirSync(fromRoot("prisma/models")).map((name) => `models/${name}`)].map(
    (path): [string, string] => [path, readFileSync(fromRoot(`prisma/${path}`), "utf8")],
  );
  const engine = await openSchemaEngine(
    readable(new PrismaPg(pool, { schema: "host", disposeExternalPool: false })),
    files,
  );
  try {
    const models = { files: files.map(([path, content]) => ({ path, content })) };
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", ...models, configDir: "" },
      to: { tag: "schemaDatamodel", ...models },
      script: true,
      exitCode: false,
      filters: { externalTables: [], externalEnums: [] },
    });
    return (stdout ?? "")
      .split(/^-- \w+$/m)
      .map((statement) => statement.trim())
      .filter((statement) => statement !== "" && !cannotBeSaid.some((form) => form.test(statement)));
  } finally {
    engine.free();
  }
}

const cannotBeSaid = [
  // An index over an expression, with an operator class or a collation, has no place in a model.
  /^DROP INDEX "(clinic"\."(patient_search_idx|patient_contact_value_idx|patient_contact_digits_idx|patient_list_idx|patient_inactive_idx))";$/,
  // The default is there on both sides; the engine takes the sequence for one of its own making.
  /^ALTER TABLE "clinic"\."\w+" ALTER COLUMN "change_number" SET DEFAULT nextval\('clinic.change_number'::regclass\),\s+ALTER COLUMN "change_number" DROP DEFAULT;\s+DROP SEQUENCE "change_number";$/,
  /^This is an empty migration\.$/,
];

/** The adapter does not know PostgreSQL's one-byte "char", in which the engine reads the kinds of constraints. */
function readable(factory: PrismaPg): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => Promise.reject(new Error("no shadow database is used")),
    connect: async () => {
      const adapter = await factory.connect();
      const ask = adapter.queryRaw.bind(adapter);
      adapter.queryRaw = async (query) => {
        const sql = query.sql.replaceAll(/(con\.conf(?:del|upd)type|constr\.contype)/g, "$1::text");
        const answer = await ask({ ...query, sql });
        const columnTypes = answer.columnTypes.map((type, at) =>
          answer.columnNames[at] === "constraint_type" ? ColumnTypeEnum.Character : type,
        );
        return { ...answer, columnTypes };
      };
      return adapter;
    },
  };
}
