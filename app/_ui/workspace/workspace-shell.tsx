import { IconBuildingHospital } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LogoMark } from "../logo/logo.tsx";
import { MoreDrawer } from "./more-drawer.tsx";
import { RailGroup } from "./rail-group.tsx";
import { type RailEntry, RailLink } from "./rail-link.tsx";
import { SearchButton } from "./search-button.tsx";
import { SheetButton } from "./sheet-button.tsx";
import classes from "./workspace.module.css";

type WorkspaceShellProps = {
  /** Where the lit e leads. */
  home: string;
  entries: RailEntry[];
  /** How the clinic is set up: seldom visited, together behind one item at the foot of the rail. */
  settingEntries: RailEntry[];
  /** The clinic's dot, name and switcher: always top left. */
  clinic: ReactNode;
  /** Language, appearance, me: at the far right. */
  menus: ReactNode;
  /** Said over the page while it lasts: awaiting approval, suspended. */
  banner?: ReactNode;
  children: ReactNode;
};

/** Entries that fit in the phone's bar beside « Plus ». */
const barEntries = 4;

/** Rail, top bar and page. On a phone the rail becomes a bar at the bottom, with the rest in a drawer. */
export function WorkspaceShell({
  home,
  entries,
  settingEntries,
  clinic,
  menus,
  banner,
  children,
}: WorkspaceShellProps) {
  const t = useTranslations("workspace");
  const common = useTranslations("common");
  return (
    <div className={classes.shell} data-density="workspace">
      <a href="#content" className={classes.skip}>
        {common("skipToContent")}
      </a>
      <nav className={classes.rail} aria-label={t("navigation")} data-print="hide">
        <Link href={home} prefetch={false} className={classes.mark}>
          <LogoMark size={30} label={t("home")} />
        </Link>
        {entries.map((entry) => (
          <RailLink {...entry} key={entry.key} />
        ))}
        <span className={classes.spring} />
        <RailGroup label={t("clinic")} icon={<IconBuildingHospital />} entries={settingEntries} />
        <SheetButton />
      </nav>
      <header className={classes.bar} data-print="hide">
        <div className={classes.clinic}>{clinic}</div>
        <SearchButton />
        <div className={classes.menus}>{menus}</div>
      </header>
      <main id="content" className={classes.main} tabIndex={-1}>
        {banner}
        {children}
      </main>
      <nav className={classes.bottom} aria-label={t("bottomNavigation")} data-print="hide">
        {entries.slice(0, barEntries).map((entry) => (
          <RailLink {...entry} key={entry.key} />
        ))}
        <MoreDrawer entries={[...entries.slice(barEntries), ...settingEntries]}>{menus}</MoreDrawer>
      </nav>
    </div>
  );
}
