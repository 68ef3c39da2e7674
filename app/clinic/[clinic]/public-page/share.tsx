"use client";

import { ActionIcon, Button, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy, IconDownload } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { DraftView } from "#server/public-page/read-draft.ts";
import { Section } from "../../../_ui/section/section.tsx";
import { CopiedAddress } from "../settings/copied-address.tsx";
import classes from "./public-page.module.css";

/** How people get there: the address, a code to print, and links straight to a service or a person. */
export function Share({ view, address, qr }: { view: DraftView; address: string; qr: string }) {
  const t = useTranslations("publicPage");
  const { draft, services, practitioners } = view;
  const links = [
    ...services
      .filter(({ id }) => !draft.hiddenServices.includes(id))
      .map(({ id, name }) => ({ id, name, href: `${address}/services/${id}` })),
    ...practitioners
      .filter(({ id }) => !draft.hiddenPractitioners.includes(id))
      .map(({ id, name }) => ({ id, name, href: `${address}/soignants/${id}` })),
  ];
  return (
    <Section title={t("share")} lead={t("shareLead")}>
      <CopiedAddress label={t("address")} help={t("addressHelp")} value={address} />
      <div className={classes.qr}>
        {/* biome-ignore lint/performance/noImgElement: drawn on the server, carried in the page itself. */}
        <img src={qr} alt={t("qrAlt", { address })} width={144} height={144} />
        <div>
          <p className={classes.legend}>{t("qr")}</p>
          <Button
            component="a"
            href={qr}
            download="page-publique.svg"
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t("qrDownload")}
          </Button>
        </div>
      </div>
      {links.length > 0 && (
        <>
          <p className={classes.legend}>{t("links")}</p>
          <ul className={classes.links}>
            {links.map(({ id, name, href }) => (
              <li key={id}>
                <a href={href} target="_blank" rel="noreferrer">
                  {name}
                </a>
                <CopyButton value={href}>
                  {({ copied, copy }) => (
                    <ActionIcon
                      variant="subtle"
                      size={36}
                      onClick={copy}
                      aria-label={copied ? t("copied") : t("copy", { name })}
                    >
                      {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
                    </ActionIcon>
                  )}
                </CopyButton>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
