import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../_i18n/client-messages.tsx";
import { api } from "../../_trpc/server.ts";
import { Desk } from "./_home/desk.tsx";
import { Home } from "./_home/home.tsx";
import { MyDay } from "./_home/my-day.tsx";
import { MyTasks } from "./_home/my-tasks.tsx";
import { Preparation } from "./_home/preparation.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("home");
  return { title: t("title") };
}

/**
 * The workspace's first screen: a professional's own day, the front desk's next arrivals, and what is left to prepare for
 * those who may. Whoever works with no agenda finds the clinic's state.
 */
export default async function HomePage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const { membership, clinic, appointment, practitioner } = await api(slug);
  const me = await membership.me();
  const may = (permission: (typeof me.membership.permissions)[number]) =>
    me.membership.permissions.includes(permission);
  const prepares = may("clinic:manage");
  const readsAgenda = may("appointment:read");
  const [steps, own, practitioners] = await Promise.all([
    prepares || !readsAgenda ? clinic.onboarding() : [],
    readsAgenda ? appointment.mine({}) : null,
    readsAgenda ? practitioner.list({}) : null,
  ]);
  const left = steps.filter(({ done }) => !done);
  // Nobody gives visits yet: what there is to do is prepare.
  const begins = prepares && left.length > 0 && practitioners?.rows.length === 0;
  if (!readsAgenda || begins) {
    return (
      <ClientMessages of={["home"]}>
        <Home me={me} steps={steps} />
      </ClientMessages>
    );
  }
  const day = { slug: me.clinic.slug, timeZone: me.clinic.timeZone, mayWrite: may("appointment:write") };
  const beside = (
    <>
      {may("task:use") && <MyTasks slug={me.clinic.slug} />}
      {prepares && left.length > 0 && <Preparation slug={me.clinic.slug} steps={steps} />}
    </>
  );
  return (
    <ClientMessages of={["home", "agenda", "workspace", "tasks", "waitlist", "vocabulary", "ground"]}>
      {own ? (
        <MyDay {...day} mayNote={may("chart:write")} name={me.membership.displayName}>
          {beside}
        </MyDay>
      ) : (
        <Desk {...day}>{beside}</Desk>
      )}
    </ClientMessages>
  );
}
