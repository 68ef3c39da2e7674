"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { ProfessionCode } from "#server/clinic/professions.ts";
import type { ClinicAddress } from "#server/clinic/read-address.ts";
import type { ClinicCard } from "#server/clinic/read-clinic.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useSlug } from "../../../_trpc/use-slug.ts";
import { ConfirmDialog } from "../../../_ui/confirm/confirm-dialog.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { SlugField } from "../../../_ui/slug-field/slug-field.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";

interface AddressSectionProps {
  address: ClinicAddress;
  card: ClinicCard;
  /** "chevet.example/c/": what stands before every clinic's own part. */
  prefix: string;
}

/** The clinic's public address: another one, or one that it had. */
export function AddressSection({ address, card, prefix }: AddressSectionProps) {
  const t = useTranslations("settings.address");
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const say = useErrorText();
  const [slug, setSlug] = useState(address.slug);
  const [refused, setRefused] = useState<string>();
  const [asking, setAsking] = useState(false);
  const untouched = slug === address.slug;
  const answer = useSlug({ slug, name: card.name, professions: card.professions as ProfessionCode[] }, "clinic");

  function write(next: string) {
    setSlug(next);
    setRefused(undefined);
  }

  async function change() {
    try {
      await client.clinic.changeSlug.mutate({ slug, version: address.version });
      toast({ message: t("saved", { address: `${prefix}${slug}` }) });
      router.replace(`/clinic/${slug}/settings`);
    } catch (error) {
      const { message, fields, code } = say(error);
      if (fields.slug) setRefused(fields.slug);
      else toast({ message, tone: "danger" });
      // Somebody changed the clinic meanwhile: what they saved is shown before the next try.
      if (code === "Conflict") router.refresh();
    } finally {
      setAsking(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (answer.free) setAsking(true);
  }

  return (
    <Section title={t("title")} lead={t("lead")}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <SlugField
          id="slug"
          label={t("label")}
          prefix={prefix}
          value={slug}
          onChange={write}
          error={refused ?? (untouched ? undefined : answer.error)}
          free={!untouched && answer.free}
          suggestions={untouched ? [] : [...answer.suggestions]}
        />
        {address.former.length > 0 && (
          <p className={classes.note}>
            {t("former")}{" "}
            {address.former.map((one) => (
              <Button key={one} variant="outline" size="compact-sm" radius="xl" mr={8} onClick={() => write(one)}>
                {one}
              </Button>
            ))}
          </p>
        )}
        <div className={classes.acts}>
          <Button type="submit" disabled={untouched || !answer.free}>
            {t("change")}
          </Button>
        </div>
      </form>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("ask", { slug })}
        consequences={[t("forPatients", { address: `${prefix}${slug}` }), t("forTeam"), t("forOthers"), t("back")]}
        verb={t("change")}
        onConfirm={change}
      />
    </Section>
  );
}
