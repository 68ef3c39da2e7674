import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import type { z } from "zod";
import type { assertion, attestation } from "#server/auth/passkey/schema.ts";

/**
 * An authenticator in software, for tests: it makes ES256 passkeys and signs as a browser and a phone do together
 * (WebAuthn level 3, sections 6.1, 6.5 and 7). It lies on request: another origin, no user verification, an old counter.
 */
export interface SoftPasskey {
  readonly id: string;
  register(options: { challenge: string }): z.input<typeof attestation>;
  sign(options: { challenge: string }, lie?: Lie): z.input<typeof assertion>;
}

interface Lie {
  origin?: string;
  rpId?: string;
  userVerified?: boolean;
  counter?: number;
}

const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

export function makeSoftPasskey(origin: string): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credentialId = randomBytes(32);
  const id = b64(credentialId);
  const rpId = new URL(origin).hostname;
  const clientData = (type: string, challenge: string, from: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }));
  const authData = (flags: number, { rpId: party = rpId, counter = 0 }: Lie) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash("sha256").update(party).digest(), Buffer.of(flags), count]);
  };
  return {
    id,
    register({ challenge }) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      // Flags: user present, user verified, attested credential data; then AAGUID, id and COSE key.
      const data = Buffer.concat([authData(0x45, {}), Buffer.alloc(16), length, credentialId, coseKey(publicKey)]);
      const object = cborMap([
        ["fmt", cborText("none")],
        ["attStmt", cborMap([])],
        ["authData", cborBytes(data)],
      ]);
      return {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: b64(clientData("webauthn.create", challenge, origin)),
          attestationObject: b64(object),
          transports: ["internal"],
        },
      };
    },
    sign({ challenge }, lie = {}) {
      const client = clientData("webauthn.get", challenge, lie.origin ?? origin);
      const data = authData(lie.userVerified === false ? 0x01 : 0x05, lie);
      const signed = Buffer.concat([data, createHash("sha256").update(client).digest()]);
      return {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: b64(client),
          authenticatorData: b64(data),
          signature: b64(createSign("sha256").update(signed).sign(privateKey)),
        },
      };
    },
  };
}

/** COSE_Key of an ES256 key (RFC 9053 section 7.1.1): kty EC2, alg -7, crv P-256, x, y. */
function coseKey(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const part = (label: number, value: Buffer) => Buffer.concat([Buffer.of(label), value]);
  return Buffer.concat([
    Buffer.of(0xa5),
    part(0x01, Buffer.of(0x02)),
    part(0x03, Buffer.of(0x26)),
    part(0x20, Buffer.of(0x01)),
    part(0x21, cborBytes(Buffer.from(x, "base64url"))),
    part(0x22, cborBytes(Buffer.from(y, "base64url"))),
  ]);
}

const head = (major: number, length: number) => {
  if (length < 24) return Buffer.of((major << 5) | length);
  if (length < 256) return Buffer.of((major << 5) | 24, length);
  return Buffer.of((major << 5) | 25, length >> 8, length & 0xff);
};
const cborText = (text: string) => Buffer.concat([head(3, text.length), Buffer.from(text)]);
const cborBytes = (bytes: Buffer) => Buffer.concat([head(2, bytes.length), bytes]);
const cborMap = (entries: [string, Buffer][]) =>
  Buffer.concat([head(5, entries.length), ...entries.flatMap(([name, value]) => [cborText(name), value])]);
