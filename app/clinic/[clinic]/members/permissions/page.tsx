import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../../_i18n/client-messages.tsx";
import { api } from "../../../../_trpc/server.ts";
import { LinkButton } from "../../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../../_ui/page-head/page-head.tsx";
import classes from "./permissions.module.css";
import { PrintButton } from "./print-button.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("team");
  return { title: t("whoMayWhat") };
}

/** Who may do what, from the very list that the server obeys (server/access/permissions.ts): one page, to read and to print. */
export default async function PermissionsPage({ params }: { params: Promise<{ clinic: string }> }) {
  const { clinic: slug } = await params;
  const caller = await api(slug);
  const [matrix, t, roles] = await Promise.all([
    caller.membership.matrix(),
    getTranslations("team"),
    getTranslations("workspace.roles"),
  ]);
  return (
    <ClientMessages of={["team"]}>
      <PageHead title={t("whoMayWhat")} context={<span>{t("matrixLead")}</span>}>
        <LinkButton href={`/clinic/${slug}/members`} variant="default">
          {t("backToTeam")}
        </LinkButton>
        <PrintButton label={t("print")} />
      </PageHead>
      <PageBody>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the window is scrolled by the arrows. */}
        <section className={classes.scroll} tabIndex={0} aria-label={t("whoMayWhat")}>
          <table className={classes.matrix}>
            <thead>
              <tr>
                <th scope="col">{t("gesture")}</th>
                {matrix.roles.map((role) => (
                  <th scope="col" key={role}>
                    {roles(role)}
                  </th>
                ))}
                <th scope="col">{t("officerColumn")}</th>
              </tr>
            </thead>
            <tbody>
              {matrix.rows.map(({ permission, held, officer }) => (
                <tr key={permission}>
                  <th scope="row">{t(`permissions.${permission.replace(":", "_") as "clinic_read"}`)}</th>
                  {matrix.roles.map((role) => (
                    <td key={role}>
                      <Held yes={held.includes(role)} words={{ yes: t("yes"), no: t("no") }} />
                    </td>
                  ))}
                  <td>
                    <Held yes={officer} words={{ yes: t("yes"), no: t("no") }} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <p className={classes.note}>{t("matrixNote")}</p>
      </PageBody>
    </ClientMessages>
  );
}

function Held({ yes, words }: { yes: boolean; words: { yes: string; no: string } }) {
  return <span className={yes ? classes.yes : classes.no}>{yes ? words.yes : words.no}</span>;
}
