import { composeVerificationCode } from "#server/auth/mail/compose-verification-code.ts";
import { type SignUpInput, slug as slugSchema } from "#server/clinic/schema.ts";
import { showTerms } from "#server/clinic/show-terms.ts";
import { signUp } from "#server/clinic/sign-up.ts";
import type { RequestContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import type { Planted, Scenario, SeedTools } from "../scenario.ts";

const address = "gen.pelletier@vieux-limoilou.example";
const slug = "vieux-limoilou";

const ctx = (): RequestContext => ({
  requestId: newId(),
  locale: "fr",
  origin: { address: "127.0.0.1", userAgent: "npm run up" },
});

/** A code as the sign-up page gets one, without the mail: the worker's own composer makes it. */
async function codeFor(email: string): Promise<{ secretId: string; code: string }> {
  const secretId = newId();
  await withAuth({ email, secretId }, ctx(), (db) =>
    db.oneTimeSecret.createMany({
      data: {
        id: secretId,
        purpose: "email_code",
        email,
        clinicId: newId(),
        expiresAt: new Date(Date.now() + 900_000),
        secretHash: null,
      },
    }),
  );
  const worker = { requestId: newId(), job: "seed", clinicId: null };
  const mail = await composeVerificationCode(worker, { deliveryId: newId(), locale: "fr", subject: { secretId } });
  if (!mail) throw new Error("the demo's code was not made");
  return { secretId, code: mail.values.code };
}

/** A family clinic of Limoilou, opened by the same verb as any clinic; its first days are still ahead. */
export const scenario: Scenario = {
  title: { fr: "Une clinique de quartier, à Québec", en: "A neighbourhood clinic, in Québec City" },
  async plant({ password }: SeedTools): Promise<Planted> {
    const chosen = password();
    const { version, receipt } = showTerms({ locale: "fr" });
    const form: SignUpInput = {
      clinic: {
        name: "Clinique médicale du Vieux-Limoilou",
        professions: ["physician", "nurse", "physiotherapist", "dietitian"],
        region: "03",
        timeZone: "America/Toronto",
        slug: slugSchema.parse(slug),
        privacyOfficer: {
          name: "Geneviève Pelletier",
          title: "Directrice générale",
          email: "vieprivee@vieux-limoilou.example",
          phone: "418 555-0142",
        },
        ownerIsOfficer: true,
      },
      terms: { version, locale: "fr", receipt },
      account: { displayName: "Geneviève Pelletier", email: address, password: chosen },
      ...(await codeFor(address)),
    };
    await signUp(ctx(), form);
    return {
      addresses: [{ label: form.clinic.name, path: `/clinic/${slug}` }],
      signIns: [{ who: "Geneviève Pelletier, propriétaire · owner", email: address, password: chosen }],
    };
  },
};
