import { randomBytes } from "node:crypto";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { composeVerificationCode } from "#server/auth/mail/compose-verification-code.ts";
import { showTerms } from "#server/clinic/show-terms.ts";
import { newId } from "#server/db/new-id.ts";
import { issueChallenge } from "#server/proof-of-work/issue-challenge.ts";
import { createCaller } from "#server/trpc/router.ts";
import { requestContext } from "#tests/factories/clinic.ts";

/** A browser that nobody has signed in on yet; it keeps the cookies it is given. */
export function makeVisitor(address = `198.51.100.${Math.ceil(Math.random() * 250)}`) {
  const cookies: string[] = [];
  const ctx = { ...requestContext(), origin: { address, userAgent: "test" } };
  const token = () => cookies.map((cookie) => /^chevet-staff=([\w-]{43})/.exec(cookie)?.[1]).findLast(Boolean);
  const setCookie = (cookie: string) => void cookies.push(cookie);
  const caller = (clinicSlug?: string) =>
    createCaller({ ...ctx, cookie: () => token(), clinicSlug, background: false, setCookie });
  return { ctx, caller, token };
}

export async function solvedChallenge() {
  const challenge = await issueChallenge();
  const solution = await solveChallenge({ challenge, deriveKey });
  return JSON.parse(JSON.stringify({ challenge, solution }));
}

const word = () => randomBytes(5).toString("hex");

export const strongPassword = "le merle chante sous la pluie 47";

/** Everything that a sign-up form holds, but the code. */
export function signUpForm(changes: { email?: string; slug?: string; name?: string; displayName?: string } = {}) {
  const slug = changes.slug ?? `clinique-${word()}`;
  const email = changes.email ?? `${word()}@clinique.example`;
  const { version, receipt } = showTerms({ locale: "fr" });
  return {
    clinic: {
      name: changes.name ?? "Clinique médicale du Vieux-Limoilou",
      professions: ["physician" as const, "nurse" as const],
      region: "03" as const,
      timeZone: "America/Toronto" as const,
      slug,
      privacyOfficer: {
        name: "Geneviève Pelletier",
        title: "Directrice",
        email: "vp@clinique.example",
        phone: "418 555-0142",
      },
      ownerIsOfficer: true,
    },
    terms: { version, locale: "fr" as const, receipt },
    account: { displayName: changes.displayName ?? "Geneviève Pelletier", email, password: strongPassword },
  };
}

/** What the mail said: asks the worker's own composer for the code, as the send does. */
export async function readCode(secretId: string): Promise<string | null> {
  const ctx = { requestId: newId(), job: "deliver-mail", clinicId: null };
  const mail = await composeVerificationCode(ctx, { deliveryId: newId(), locale: "fr", subject: { secretId } });
  return mail?.values.code ?? null;
}

/** Asks for a code as the page does. */
export async function askCode(email: string, visitor = makeVisitor()) {
  return visitor.caller().signUp.requestCode({ email, locale: "fr", proof: await solvedChallenge() });
}
