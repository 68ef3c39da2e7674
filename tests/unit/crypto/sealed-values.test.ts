import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bindContext } from "#server/crypto/bind-context.ts";
import { blindIndex, sameDigest } from "#server/crypto/blind-index.ts";
import { deriveClinicKey } from "#server/crypto/clinic-key.ts";
import { openText, openValue } from "#server/crypto/open-value.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import type { Place } from "#server/crypto/sealed-value.ts";
import { looseKey } from "#tests/factories/vault.ts";

const clinic = "0192f7a0-0000-7000-8000-000000000001";
const key = looseKey(clinic);
const place: Place = { clinic, table: "clinic.patient", column: "nam", row: "0192f7a0-0000-7000-8000-0000000000aa" };
const refused = expect.objectContaining({ code: "Unauthentic" });

describe("sealValue and openValue", () => {
  test("any text and any bytes come back as they were", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        expect(openText(key, place, sealValue(key, place, text))).toBe(Buffer.from(text).toString());
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(new Uint8Array(openValue(key, place, sealValue(key, place, bytes)))).toEqual(bytes);
      }),
    );
  });

  test("the same text never seals to the same bytes twice", () => {
    const sealed = new Set(
      Array.from({ length: 2000 }, () => Buffer.from(sealValue(key, place, "TREM12345678")).toString("hex")),
    );
    expect(sealed.size).toBe(2000);
  });

  test("any flipped bit is refused", () => {
    const sealed = sealValue(key, place, "TREM 1234 5678");
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const altered = Uint8Array.from(sealed);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openValue(key, place, altered), `bit ${bit}`).toThrow(refused);
    }
  });

  test("any cut or lengthening is refused", () => {
    const sealed = sealValue(key, place, "TREM12345678");
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => openValue(key, place, sealed.subarray(0, length))).toThrow(refused);
    }
    expect(() => openValue(key, place, Buffer.concat([sealed, Buffer.of(0)]))).toThrow(refused);
  });

  test("any other table, column or row is refused", () => {
    const sealed = sealValue(key, place, "TREM12345678");
    fc.assert(
      fc.property(
        fc.constantFrom("table" as const, "column" as const, "row" as const),
        fc.string({ maxLength: 50 }),
        (part, elsewhere) => {
          fc.pre(elsewhere !== place[part]);
          expect(() => openValue(key, { ...place, [part]: elsewhere }, sealed)).toThrow(refused);
        },
      ),
    );
  });

  test("another clinic is refused, by its key and by its id", () => {
    const sealed = sealValue(key, place, "TREM12345678");
    const other = looseKey(randomUUID(), 8);
    expect(() => openValue(other, { ...place, clinic: other.id }, sealed)).toThrow(refused);
    expect(() => openValue(other, place, sealed)).toThrow(refused);
    expect(() => openValue(key, { ...place, clinic: other.id }, sealed)).toThrow(refused);
    // Even a key of the same bytes under another id: the id is in the derivation and in the associated data.
    const twin = looseKey(randomUUID());
    expect(() => openValue(twin, { ...place, clinic: twin.id }, sealed)).toThrow(refused);
  });

  test("places whose names join alike are bound differently", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 4 }), fc.array(fc.string(), { maxLength: 4 }), (a, b) => {
        expect(bindContext(...a).equals(bindContext(...b))).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
    expect(bindContext("ab", "c").equals(bindContext("a", "bc"))).toBe(false);
  });
});

describe("deriveClinicKey", () => {
  test("zeroes the data key and shows nothing when printed or serialised", () => {
    const dataKey = Buffer.alloc(32, 9);
    const derived = deriveClinicKey(clinic, dataKey);
    expect(dataKey.equals(Buffer.alloc(32))).toBe(true);
    expect(JSON.parse(JSON.stringify(derived))).toEqual({ id: clinic, values: {}, indexes: {}, files: {} });
  });

  test("gives a different key for each use", () => {
    const { values, indexes, files } = looseKey(clinic);
    expect(values.equals(indexes) || values.equals(files) || indexes.equals(files)).toBe(false);
  });
});

describe("blindIndex", () => {
  test("finds equals, within one clinic and one purpose only", () => {
    const index = blindIndex(key, "patient.nam", "TREM12345678");
    expect(index).toHaveLength(32);
    expect(blindIndex(looseKey(clinic), "patient.nam", "TREM12345678")).toEqual(index);
    expect(blindIndex(key, "patient.nam", "TREM12345679")).not.toEqual(index);
    expect(blindIndex(key, "patient.phone", "TREM12345678")).not.toEqual(index);
    expect(blindIndex(looseKey(randomUUID()), "patient.nam", "TREM12345678")).not.toEqual(index);
    expect(blindIndex(looseKey(clinic, 8), "patient.nam", "TREM12345678")).not.toEqual(index);
  });

  test("sameDigest compares bytes, whatever their length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (a, b) => {
        expect(sameDigest(a, b)).toBe(Buffer.compare(a, b) === 0);
        expect(sameDigest(a, Uint8Array.from(a))).toBe(true);
      }),
    );
  });
});
