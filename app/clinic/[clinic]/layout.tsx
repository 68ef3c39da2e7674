import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "../../_i18n/client-messages.tsx";
import { SessionGuard } from "../../_session/session-guard.tsx";
import { refusalOf } from "../../_trpc/page-error.ts";
import { api } from "../../_trpc/server.ts";
import { ClinicSwitcher } from "../../_ui/clinic/clinic-switcher.tsx";
import { LanguageSwitch } from "../../_ui/language/language-switch.tsx";
import { WorkspaceBanner } from "../../_ui/workspace/workspace-banner.tsx";
import { WorkspaceShell } from "../../_ui/workspace/workspace-shell.tsx";
import { Myself } from "./_shell/myself.tsx";
import { places } from "./_shell/places.tsx";
import { RefuseDrops } from "./_shell/refuse-drops.tsx";
import { WaitingCount } from "./_shell/waiting-count.tsx";
import { ReviewCount, TaskCount, UnreadCount } from "./_shell/work-counts.tsx";
import { WorkspaceClient } from "./_shell/workspace-client.tsx";

const badges = {
  documents: <WaitingCount />,
  tasks: <TaskCount />,
  discussions: <UnreadCount />,
  reviews: <ReviewCount />,
};

type LayoutProps = { params: Promise<{ clinic: string }>; children: ReactNode };

/** The workspace of one clinic, for one of its members. Anybody else finds nothing at this address. */
export default async function ClinicLayout({ params, children }: LayoutProps) {
  const { clinic: slug } = await params;
  const [{ me, clinics, session }, t] = await Promise.all([readMember(slug), getTranslations("workspace")]);
  // The clinic left this address: the server knew its member all the same, and the page moves to where the clinic is now.
  if (me.clinic.slug !== slug) redirect(await movedTo(slug, me.clinic.slug));
  const home = `/clinic/${me.clinic.slug}`;
  const mine = places
    .filter(({ permission }) => me.membership.permissions.includes(permission))
    .map(({ path, counts, ...place }) => ({
      ...place,
      badge: counts && badges[counts],
      href: `${home}${path}`,
      label: t(`places.${place.key}`),
      exact: path === "",
    }));
  const current = { ...me.clinic, role: t(`roles.${me.membership.role}`) };
  return (
    <ClientMessages of={["workspace", "shortcuts", "signIn", "ground"]}>
      <WorkspaceClient
        clinicSlug={me.clinic.slug}
        findsPatients={me.membership.permissions.includes("patient:search")}
        registersPatients={me.membership.permissions.includes("patient:write")}
        bookHref={me.membership.permissions.includes("appointment:write") ? `${home}/agenda?new=1` : undefined}
        places={mine.map(({ key, href, label, keys, icon }) => ({ key, href, label, keys, icon }))}
      >
        <RefuseDrops />
        <SessionGuard person={me.user} idleMinutes={session.idleMinutes} />
        <WorkspaceShell
          home={home}
          entries={mine.filter(({ setting }) => !setting)}
          settingEntries={mine.filter(({ setting }) => setting)}
          clinic={
            <ClinicSwitcher
              current={current}
              clinics={clinics.map((clinic) => ({ ...clinic, role: t(`roles.${clinic.role}`) }))}
            />
          }
          menus={
            <>
              <LanguageSwitch />
              <Myself userId={me.user.id} name={me.membership.displayName} email={me.user.email} role={current.role} />
            </>
          }
          banner={
            me.clinic.status === "pending" && <WorkspaceBanner more={t("pendingMore")}>{t("pending")}</WorkspaceBanner>
          }
        >
          {children}
        </WorkspaceShell>
      </WorkspaceClient>
    </ClientMessages>
  );
}

async function readMember(slug: string) {
  try {
    const { membership, auth } = await api(slug);
    const [me, clinics, session] = await Promise.all([membership.me(), membership.mine(), auth.session.state()]);
    return { me, clinics, session };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.code === "NotFound") notFound();
    const next = encodeURIComponent(`/clinic/${slug}`);
    if (refusal?.key === "secondFactorRequired") redirect(`/compte/second-facteur?suite=${next}`);
    if (refusal) redirect(`/connexion?suite=${next}`);
    throw error;
  }
}

/** The same page under the clinic's present address. */
async function movedTo(former: string, current: string): Promise<string> {
  const path = (await headers()).get("x-chevet-path") ?? "";
  const start = `/clinic/${former}`;
  return `/clinic/${current}${path.startsWith(start) ? path.slice(start.length) : ""}`;
}
