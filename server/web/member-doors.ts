import { chartExportDoor } from "./chart-export-door.ts";
import type { ClinicDoor } from "./clinic-door.ts";
import { documentDoor, previewDoor, shownDoor } from "./document-door.ts";
import { faxDoor } from "./fax-door.ts";
import { fileDoor } from "./file-door.ts";
import { importDoor } from "./import-door.ts";
import { journalDoor } from "./journal-door.ts";
import { liveDoor } from "./live-door.ts";
import { logoDoor } from "./logo-door.ts";
import { openingsDoor, openingsPaperDoor } from "./openings-door.ts";
import { pageCoverDoor } from "./page-cover-door.ts";
import { photoDoor } from "./photo-door.ts";
import { registerDoor } from "./register-door.ts";
import { signatureDoor } from "./signature-door.ts";
import { uploadDoor } from "./upload-door.ts";

/** Every plain door of a clinic: the web process serves them and the attack suite tries them, from this one list. */
export const memberDoors: readonly ClinicDoor[] = [
  journalDoor,
  openingsDoor,
  openingsPaperDoor,
  fileDoor,
  logoDoor,
  signatureDoor,
  photoDoor,
  importDoor,
  pageCoverDoor,
  liveDoor,
  uploadDoor,
  documentDoor,
  previewDoor,
  shownDoor,
  faxDoor,
  registerDoor,
  chartExportDoor,
];
