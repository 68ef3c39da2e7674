import {
  IconAddressBook,
  IconBuilding,
  IconCalendar,
  IconCalendarRepeat,
  IconChecklist,
  IconClipboardHeart,
  IconClock,
  IconHome,
  IconHourglass,
  IconInbox,
  IconLayoutKanban,
  IconMail,
  IconMessages,
  IconReportSearch,
  IconSend2,
  IconSettings,
  IconShieldLock,
  IconSignature,
  IconStethoscope,
  IconTemplate,
  IconUserHeart,
  IconUsers,
  IconWorld,
  IconWorldCheck,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Permission } from "#server/access/permissions.ts";

export type Place = {
  key:
    | "home"
    | "inbox"
    | "agenda"
    | "flow"
    | "requests"
    | "waitlist"
    | "recalls"
    | "unsigned"
    | "referrals"
    | "directory"
    | "models"
    | "messages"
    | "tasks"
    | "discussions"
    | "patients"
    | "services"
    | "hours"
    | "members"
    | "practitioners"
    | "locations"
    | "publicPage"
    | "journal"
    | "privacy"
    | "settings";
  /** Below `/clinic/<slug>`. */
  path: string;
  icon: ReactNode;
  /** Without it the place is not shown; the server refuses in any case. */
  permission: Permission;
  /** What is typed to go there. */
  keys: string;
  /** What waits there is counted on its icon. */
  counts?: "documents" | "tasks" | "discussions" | "reviews";
  /** How the clinic is set up: with the others of its kind, behind one item at the foot of the rail. */
  setting?: true;
};

/** The places of the workspace, in the order of the rail. One is added with its screen, never before. */
export const places: Place[] = [
  { key: "home", path: "", icon: <IconHome />, permission: "clinic:read", keys: "g j" },
  { key: "agenda", path: "/agenda", icon: <IconCalendar />, permission: "appointment:read", keys: "g a" },
  { key: "flow", path: "/parcours", icon: <IconLayoutKanban />, permission: "appointment:read", keys: "g p" },
  { key: "patients", path: "/patients", icon: <IconUserHeart />, permission: "patient:read", keys: "g i" },
  { key: "inbox", path: "/boite", icon: <IconInbox />, permission: "document:file", keys: "g b", counts: "documents" },
  { key: "tasks", path: "/taches", icon: <IconChecklist />, permission: "task:use", keys: "g t", counts: "tasks" },
  {
    key: "discussions",
    path: "/discussions",
    icon: <IconMessages />,
    permission: "task:use",
    keys: "g f",
    counts: "discussions",
  },
  { key: "requests", path: "/demandes", icon: <IconWorldCheck />, permission: "appointment:write", keys: "g d" },
  { key: "waitlist", path: "/attente", icon: <IconHourglass />, permission: "appointment:read", keys: "g n" },
  { key: "recalls", path: "/suivis", icon: <IconCalendarRepeat />, permission: "appointment:read", keys: "g u" },
  { key: "messages", path: "/messages", icon: <IconMail />, permission: "appointment:read", keys: "g m" },
  { key: "unsigned", path: "/notes", icon: <IconSignature />, permission: "chart:write", keys: "g y" },
  { key: "referrals", path: "/consultations", icon: <IconSend2 />, permission: "document:file", keys: "g q" },
  {
    key: "directory",
    path: "/repertoire",
    icon: <IconAddressBook />,
    permission: "patient:search",
    keys: "g k",
    setting: true,
  },
  { key: "models", path: "/modeles", icon: <IconTemplate />, permission: "chart:write", keys: "g x", setting: true },
  { key: "members", path: "/members", icon: <IconUsers />, permission: "member:list", keys: "g e", setting: true },
  {
    key: "practitioners",
    path: "/practitioners",
    icon: <IconStethoscope />,
    permission: "practitioner:list",
    keys: "g r",
    setting: true,
  },
  {
    key: "locations",
    path: "/locations",
    icon: <IconBuilding />,
    permission: "location:list",
    keys: "g l",
    setting: true,
  },
  {
    key: "services",
    path: "/services",
    icon: <IconClipboardHeart />,
    permission: "schedule:read",
    keys: "g c",
    setting: true,
  },
  { key: "hours", path: "/hours", icon: <IconClock />, permission: "schedule:read", keys: "g h", setting: true },
  {
    key: "publicPage",
    path: "/public-page",
    icon: <IconWorld />,
    permission: "page:manage",
    keys: "g w",
    setting: true,
  },
  { key: "journal", path: "/journal", icon: <IconReportSearch />, permission: "audit:own", keys: "g o", setting: true },
  {
    key: "privacy",
    path: "/privacy",
    icon: <IconShieldLock />,
    permission: "privacy:manage",
    keys: "g v",
    setting: true,
    counts: "reviews",
  },
  {
    key: "settings",
    path: "/settings",
    icon: <IconSettings />,
    permission: "clinic:manage",
    keys: "g s",
    setting: true,
  },
];
