import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { doorAddress } from "#server/auth/oidc/schema.ts";
import { ClientMessages } from "../../_i18n/client-messages.tsx";
import { localPath } from "../../_session/local-path.ts";
import { requestIdIn, type Told } from "../../_session/told.ts";
import { api } from "../../_trpc/server.ts";
import { ClinicChoice } from "./clinic-choice.tsx";
import { ClinicDoorCard } from "./clinic-door-card.tsx";
import { SignInCard } from "./sign-in-card.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("pageTitle") };
}

interface Asked extends Told {
  suite?: string;
  /** Whose provider's door to stand at; empty: the page asks. */
  clinique?: string;
}

/** Signs in; somebody who already is goes on to where they were going, or to their clinics. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const asked = await searchParams;
  const next = localPath(asked.suite);
  const clinics = await myClinics();
  // Somebody who is signed in and finds that clinic among theirs goes on; a refusal is told to everybody.
  const isThere = clinics?.some(({ slug }) => slug === asked.clinique);
  if (isThere && !asked.refus && !next) redirect(`/clinic/${asked.clinique}`);
  if (asked.clinique !== undefined && !(isThere && !asked.refus)) {
    return (
      <ClientMessages of={["signIn"]}>
        <ClinicDoorCard
          typed={asked.clinique}
          door={await findDoor(asked.clinique)}
          next={next ?? ""}
          refusal={asked.refus}
          requestId={requestIdIn(asked)}
        />
      </ClientMessages>
    );
  }
  if (!clinics) {
    return (
      <ClientMessages of={["signIn"]}>
        <SignInCard next={next ?? "/connexion"} />
      </ClientMessages>
    );
  }
  if (next) redirect(next);
  const [only] = clinics;
  if (only && clinics.length === 1) redirect(`/clinic/${only.slug}`);
  return (
    <ClientMessages of={["signIn"]}>
      <ClinicChoice clinics={clinics} />
    </ClientMessages>
  );
}

/** The provider of the clinic in the address, if it has one. */
async function findDoor(typed: string) {
  const slug = doorAddress.safeParse(typed);
  if (!slug.success) return null;
  const caller = await api();
  return caller.auth.oidc.door({ slug: slug.data });
}

/** The clinics of whoever is signed in, or null when nobody is, or their session sleeps. */
async function myClinics() {
  const caller = await api();
  return caller.membership.mine().catch((error: { code?: string }) => {
    if (error.code === "UNAUTHORIZED") return null;
    throw error;
  });
}
