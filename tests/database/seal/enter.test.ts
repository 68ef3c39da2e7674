import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { becomes, serving } from "./expected/roles.ts";

/** The one door of a transaction, given anything. */
const logins = {
  web: new pg.Client({ connectionString: database.webUrl }),
  worker: new pg.Client({ connectionString: database.workerUrl }),
};
let clinic: TestClinic;

beforeAll(async () => {
  await Promise.all([logins.web.connect(), logins.worker.connect()]);
  clinic = await makeClinic();
});
afterAll(async () => {
  await Promise.all([logins.web.end(), logins.worker.end()]);
  await closeDatabases();
});

const enterText = "select reference.enter($1, $2, $3, email => $4, slug => $5)";

/** SQLSTATE of the refusal, or the role that was entered. */
async function enter(login: "web" | "worker", ...values: (string | null)[]): Promise<string> {
  const client = logins[login];
  await client.query("begin");
  try {
    await client.query(enterText, [...values, ...Array(5 - values.length).fill(null)]);
    return (await client.query("select current_user::text as who")).rows[0].who;
  } catch (error) {
    return (error as { code?: string }).code ?? "?";
  } finally {
    await client.query("rollback");
  }
}

describe("promise 3: entering", () => {
  it.each(
    (["web", "worker"] as const).flatMap((login) =>
      serving.filter((role) => !becomes[login]?.includes(role)).map((role) => [login, role] as const),
    ),
  )("%s cannot become %s", async (login, role) => {
    expect(await enter(login, role, clinic.id, clinic.owner.userId)).toBe("42501");
  });

  it("knows no other role, however it is written", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.constantFrom("Staff", "chevet_staff", "owner", "search", "postgres", "staff; reset role", 'staff"'),
        ),
        async (role) => {
          fc.pre(!(serving as readonly string[]).includes(role));
          expect(["42501", "22021"]).toContain(await enter("web", role, clinic.id, clinic.owner.userId));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("takes a clinic that is a uuid and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        fc.pre(!/^[{]?[0-9a-f-]{32,36}[}]?$/i.test(text.trim()));
        expect(["22P02", "22021"]).toContain(await enter("web", "staff", text, clinic.owner.userId));
      }),
      { numRuns: 40 },
    );
  });

  it("keeps any text as text: an address or a slug never becomes SQL, and comes back as it was", async () => {
    const hostile = fc.constantFrom(
      "'; reset role; --",
      "\\'; drop table clinic.patient; --",
      "$$",
      "é'ñ\"李",
      "\u202e",
      "a'||current_user||'",
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostile, fc.string({ unit: "grapheme", maxLength: 300 })), async (text) => {
        fc.pre(!text.includes("\0"));
        await logins.web.query("begin");
        try {
          await logins.web.query(enterText, ["auth", null, null, text, text]);
          const { rows } = await logins.web.query(
            "select current_setting('app.email') as email, current_setting('app.slug') as slug, current_user::text as who",
          );
          expect(rows).toEqual([{ email: text, slug: text, who: "chevet_auth" }]);
        } finally {
          await logins.web.query("rollback");
        }
      }),
      { numRuns: 60 },
    );
  });

  it("takes away what somebody left on the connection", async () => {
    const { web } = logins;
    const keys = [
      "clinic_id",
      "user_id",
      "patient_id",
      "session_hash",
      "token_hash",
      "secret_id",
      "email",
      "slug",
      "denied",
      "break_glass",
      "glass_patient",
      "clinical",
      "profession",
    ];
    for (const key of keys) await web.query(`set app.${key} = '${clinic.id}'`);
    await web.query("begin");
    await web.query("select reference.enter('auth')");
    const { rows } = await web.query(
      `select ${keys.map((key) => `current_setting('app.${key}', true) as ${key}`).join(", ")}`,
    );
    expect(rows).toEqual([Object.fromEntries(keys.map((key) => [key, ""]))]);
    expect((await web.query("select from identity.membership")).rowCount).toBe(0);
    await web.query("rollback");
    await web.query("discard all");
  });

  it("is entered once: no role can call the door again", async () => {
    const { web } = logins;
    await web.query("begin");
    await web.query("select reference.enter('staff', $1, $2)", [clinic.id, clinic.owner.userId]);
    await expect(web.query("select reference.enter('auth')")).rejects.toMatchObject({ code: "42501" });
    await web.query("rollback");
  });

  it("lets in as host only who operates it, and as staff without a person only the worker", async () => {
    expect(await enter("web", "host", null, clinic.owner.userId)).toBe("42501");
    expect(await enter("web", "staff", clinic.id, null)).toBe("42501");
    expect(await enter("worker", "staff", clinic.id, null)).toBe("chevet_staff");
  });
});
