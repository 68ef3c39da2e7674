"use client";

import { MantineThemeProvider } from "@mantine/core";
import { IconCalendarPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { AskGround } from "../../../_ground/ask-ground.tsx";
import { TrpcProvider } from "../../../_trpc/client.tsx";
import { Palette } from "../../../_ui/palette/palette.tsx";
import { PaletteProvider, usePaletteSource } from "../../../_ui/palette/palette-source.tsx";
import { ShortcutsProvider, useChordLinks } from "../../../_ui/shortcuts/shortcuts.tsx";
import { ShortcutsSheet } from "../../../_ui/shortcuts/shortcuts-sheet.tsx";
import { workspaceTheme } from "../../../_ui/theme.ts";
import { Toasts } from "../../../_ui/toast/toasts.tsx";
import { PatientSearch } from "./patient-search.tsx";

export type PlaceLink = { key: string; href: string; label: string; keys: string; icon: ReactNode };

/** What every screen of the workspace can count on: calls, palette, shortcuts, toasts, the dense theme. */
export function WorkspaceClient(props: {
  clinicSlug: string;
  places: PlaceLink[];
  findsPatients: boolean;
  registersPatients: boolean;
  /** Where a patient is given an appointment; absent for whoever gives none. */
  bookHref: string | undefined;
  children: ReactNode;
}) {
  return (
    <MantineThemeProvider theme={workspaceTheme} inherit>
      <TrpcProvider clinicSlug={props.clinicSlug}>
        <ShortcutsProvider>
          <PaletteProvider>
            {props.findsPatients && <PatientSearch bookHref={props.bookHref} mayRegister={props.registersPatients} />}
            <Places places={props.places} bookHref={props.bookHref} />
            {props.children}
            <Palette />
            <ShortcutsSheet />
            <AskGround />
            <Toasts />
          </PaletteProvider>
        </ShortcutsProvider>
      </TrpcProvider>
    </MantineThemeProvider>
  );
}

/** The places of this person, in the palette and as chords. */
function Places({ places, bookHref }: { places: PlaceLink[]; bookHref: string | undefined }) {
  const t = useTranslations("workspace.palette");
  const shortcuts = useTranslations("shortcuts");
  const label = t("pages");
  const group = shortcuts("go");
  const source = useMemo(
    () => ({ id: "pages", label, items: places.map(({ key, ...place }) => ({ id: key, ...place })) }),
    [places, label],
  );
  const links = useMemo(() => places.map((place) => ({ ...place, group })), [places, group]);
  const actsLabel = t("actions");
  const bookLabel = t("bookFor");
  const acts = useMemo(
    () => ({
      id: "acts",
      label: actsLabel,
      items: bookHref ? [{ id: "book", label: bookLabel, icon: <IconCalendarPlus />, href: bookHref }] : [],
    }),
    [actsLabel, bookLabel, bookHref],
  );
  usePaletteSource(source);
  usePaletteSource(acts);
  useChordLinks(links);
  return null;
}
