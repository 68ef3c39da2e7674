import { z } from "zod";

const base64url = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[\w-]*$/);

/** What the browser answers when a passkey signs (WebAuthn level 3, section 5.1.8: AuthenticationResponseJSON). */
export const assertion = z.object({
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional(),
  clientExtensionResults: z.looseObject({}).default({}),
  response: z.object({
    clientDataJSON: base64url(8_000),
    authenticatorData: base64url(8_000),
    signature: base64url(4_000),
    userHandle: base64url(200).optional(),
  }),
});
export type Assertion = z.output<typeof assertion>;

/** What the browser answers when a passkey is made (RegistrationResponseJSON). */
export const attestation = z.object({
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional(),
  clientExtensionResults: z.looseObject({}).default({}),
  response: z.object({
    clientDataJSON: base64url(8_000),
    attestationObject: base64url(32_000),
    authenticatorData: base64url(8_000).optional(),
    publicKey: base64url(4_000).optional(),
    publicKeyAlgorithm: z.number().int().optional(),
    transports: z
      .array(z.enum(["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"]))
      .max(10)
      .optional(),
  }),
});

/** A name for a passkey, for its owner: « Clé du bureau ». */
export const passkeyLabel = z.string().trim().min(1, "signIn.labelNeeded").max(100, "signIn.labelTooLong");
