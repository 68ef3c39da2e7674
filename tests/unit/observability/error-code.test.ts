import { expect, test } from "vitest";
import { errorCode } from "#server/error-code.ts";
import { notFound } from "#server/errors.ts";

class PoolEmpty extends Error {
  override readonly name = "PoolEmpty";
}
const prismaError = Object.assign(new Error("raw query failed"), {
  code: "P2010",
  meta: { driverAdapterError: { cause: { originalCode: "23514", originalMessage: "row contains (Zoé Canari)" } } },
});

test.each([
  ["a domain error's code", notFound(), "NotFound"],
  ["an SQLSTATE", Object.assign(new Error("x"), { code: "23505" }), "23505"],
  ["the SQLSTATE under Prisma's own code", prismaError, "23514"],
  [
    "a system error's name",
    Object.assign(new Error("connect ECONNREFUSED 10.0.0.1:5432"), { code: "ECONNREFUSED" }),
    "ECONNREFUSED",
  ],
  ["the error's class", new PoolEmpty("no more for zoe@exemple.quebec"), "PoolEmpty"],
  [
    "its class when the code is a sentence",
    Object.assign(new TypeError("x"), { code: "Zoé Canari est absente" }),
    "TypeError",
  ],
  ["something thrown that is no error", "zoe@exemple.quebec", "NotAnError"],
])("%s", (_, error, code) => {
  expect(errorCode(error)).toBe(code);
});
