import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { DraftView } from "#server/public-page/read-draft.ts";
import { type PageBlock, pageBlocks } from "#server/public-page/schema.ts";
import { Section } from "../../../_ui/section/section.tsx";
import classes from "./public-page.module.css";

interface ChecklistProps {
  slug: string;
  settled: Record<PageBlock, boolean>;
  addressMissing: DraftView["addressMissing"];
  hostContact: string;
}

/** What still stands in the way, each with the place where it is settled. */
export function Checklist({ slug, settled, addressMissing, hostContact }: ChecklistProps) {
  const t = useTranslations("publicPage");
  const home = `/clinic/${slug}`;
  const places: Record<PageBlock, string> = {
    hours: `${home}/hours`,
    service: `${home}/services`,
    privacyOfficer: `${home}/settings`,
    approval: hostContact,
  };
  const ready = pageBlocks.every((block) => settled[block]);
  return (
    <Section title={t("checklist")} lead={ready && t("ready")}>
      <ul className={classes.checklist}>
        {pageBlocks.map((block) => (
          <li key={block} data-done={settled[block] || undefined}>
            {settled[block] ? <IconCircleCheck size={20} aria-hidden /> : <IconCircleDashed size={20} aria-hidden />}
            <span className={classes.block}>
              {t(`blocks.${block}`)}{" "}
              <span className="cv-visually-hidden">{t(settled[block] ? "done" : "missing")}</span>
            </span>
            {!settled[block] && (
              <Link href={places[block]} prefetch={false}>
                {t(`acts.${block}`)}
              </Link>
            )}
          </li>
        ))}
        {addressMissing && (
          <li data-advice>
            <IconAlertTriangle size={20} aria-hidden />
            <span className={classes.block}>{t(`noAddress.${addressMissing}`)}</span>
            <Link href={`${home}/locations`} prefetch={false}>
              {t("noAddress.act")}
            </Link>
          </li>
        )}
      </ul>
    </Section>
  );
}
