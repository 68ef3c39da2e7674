import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { EnvError, readEnv, variableNames } from "#server/env.ts";

const secrets = {
  CHEVET_SECRET_STAFF: "s".repeat(40),
  CHEVET_SECRET_PATIENT: "p".repeat(40),
  CHEVET_SECRET_HOST: "h".repeat(40),
};

describe("readEnv", () => {
  test("an empty environment has defaults and no process's needs", () => {
    expect(readEnv({})).toMatchObject({ PORT: 3000, LOG_LEVEL: "info", DATABASE_POOLED: false, CHEVET_LOCAL: false });
  });

  test("an empty value counts as absent", () => {
    expect(readEnv({ PORT: "", REDIS_URL: "" })).toMatchObject({ PORT: 3000 });
  });

  test.each([
    ["PORT", "eighty"],
    ["PORT", "70000"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["CHEVET_ORIGIN", "https://chevet.example/"],
    ["TRUSTED_PROXIES", "10.0.0.0/99"],
    ["TRUSTED_PROXIES", "proxy.local"],
    ["SMTP_URL", "mail.example"],
    ["CHEVET_SECRET_STAFF", "short"],
    ["LOG_LEVEL", "loud"],
  ])("%s=%s is refused by name, in French then English", (name, value) => {
    const message = messageOf(() => readEnv({ [name]: value }));
    expect(message).toMatch(new RegExp(`^${name} est mal écrite : .+\n${name} is malformed: .+`));
  });

  test("every missing variable of a process is named at once", () => {
    const message = messageOf(() => readEnv({ PORT: "x" }, "web"));
    expect(message).toContain("PORT est mal écrite");
    expect(message).toContain("CHEVET_WEB_DATABASE_URL manque");
    expect(message).toContain("CHEVET_ORIGIN is missing");
  });

  test("a half-given S3 store is refused", () => {
    expect(messageOf(() => readEnv({ S3_ENDPOINT: "https://s3.example" }))).toContain("S3_BUCKET manque");
  });

  test("keys kept in a bucket need no folder", () => {
    expect(messageOf(() => readEnv({}, "worker"))).toContain("CHEVET_KEYSTORE_DIR manque");
    const bucket = { CHEVET_KEYSTORE_BUCKET: "cles" };
    expect(messageOf(() => readEnv(bucket, "worker"))).not.toContain("CHEVET_KEYSTORE_DIR");
  });

  test("private addresses for outbound calls are hosts with ports, and nothing looser", () => {
    const allowed = readEnv({ CHEVET_OUTBOUND_ALLOW: "127.0.0.1:8080, idp.test:443" }).CHEVET_OUTBOUND_ALLOW;
    expect(allowed).toEqual(["127.0.0.1:8080", "idp.test:443"]);
    for (const value of ["127.0.0.1", "*:443", "http://idp.test:80"]) {
      expect(messageOf(() => readEnv({ CHEVET_OUTBOUND_ALLOW: value }))).toContain("CHEVET_OUTBOUND_ALLOW");
    }
  });

  test("the three realms cannot share a secret", () => {
    expect(readEnv(secrets)).toMatchObject(secrets);
    const shared = { ...secrets, CHEVET_SECRET_HOST: secrets.CHEVET_SECRET_STAFF };
    expect(messageOf(() => readEnv(shared))).toContain("CHEVET_SECRET_HOST");
  });

  test("proxies are a list", () => {
    expect(readEnv({ TRUSTED_PROXIES: "10.0.0.0/8, ::1" }).TRUSTED_PROXIES).toEqual(["10.0.0.0/8", "::1"]);
  });
});

test(".env.example names exactly the variables that env.ts knows", () => {
  const text = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
  const named = [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);
  expect([...named].sort()).toEqual([...variableNames].sort());
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  throw new Error("nothing was thrown");
}
