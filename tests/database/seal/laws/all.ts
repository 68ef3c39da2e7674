import type { Catalogue } from "../catalogue/catalogue.ts";
import { clinicIds, clinicKeys, clinicPersons, clinicVersions } from "./clinic-tables.ts";
import { accessPage, accessPageIsCurrent, libraryGrants, plainGrants, referenceReadOnly, strangers } from "./grants.ts";
import type { Law } from "./law.ts";
import { clinicConditions, clinicDeletes, keyedConditions, onePolicyEach, policyForms } from "./policies.ts";
import { roleAttributes, roleMemberships, roleTimeouts } from "./roles.ts";
import { libraryRoutines, ourRoutines } from "./routines.ts";
import { databaseGrants, defaultPrivileges, extensions, fiveSchemas, noTypes, sequences } from "./schemas.ts";
import {
  bigintCents,
  invokerViews,
  listedTriggers,
  namedConstraints,
  plainTypes,
  rowSecurity,
  tableOwners,
} from "./tables.ts";

export const laws: Readonly<Record<string, Law>> = {
  "promise 1: five schemas, and only the listed roles look inside": fiveSchemas,
  "promise 1: the database is open to nobody by default": databaseGrants,
  "promise 1: what is made next is open to nobody": defaultPrivileges,
  "promise 1: extensions are PostgreSQL's own four": extensions,
  "promise 1: every table belongs to the owner, who never serves": tableOwners,
  "promise 1: reference tables are read-only": referenceReadOnly,
  "promise 2: every key of a clinic's table leads with clinic_id": clinicKeys,
  "promise 2: ids are made by the application": clinicIds,
  "promise 2: row security is enabled and forced": rowSecurity,
  "promise 2: policies have the forms that hold everywhere": policyForms,
  "promise 2: one policy per role and command, and no right without one": onePolicyEach,
  "promise 2: each policy alone holds the whole condition": clinicConditions,
  "promise 2: outside clinic, each policy asks for a key": keyedConditions,
  "promise 2: plain types, no enums": plainTypes,
  "promise 2: no types of our own": noTypes,
  "promise 2: money is bigint cents": bigintCents,
  "promise 2: constraints are named": namedConstraints,
  "promise 3: roles have no power beyond their place": roleAttributes,
  "promise 3: who may become whom": roleMemberships,
  "promise 3: time-outs per login": roleTimeouts,
  "promise 3: nothing to PUBLIC, nothing handed on": plainGrants,
  "promise 3: strangers hold nothing on a clinic's rows": strangers,
  "promise 3: functions are listed, pinned and closed": ourRoutines,
  "promise 3: views look with their caller's eyes": invokerViews,
  "promise 3: who may do what is written on one page": accessPage,
  "promise 3: the page names no table that is gone": accessPageIsCurrent,
  "promise 3: sequences are only drawn from": sequences,
  "promise 4: tables about a person say whom, who wrote and which category": clinicPersons,
  "promise 6: what changes keeps its versions": clinicVersions,
  "promise 6: only the mover deletes, and nobody rewrites the journal": clinicDeletes,
  "promise 6: triggers are listed": listedTriggers,
  "the queue library's tables are for one login alone": libraryGrants,
  "the queue library's functions are for one login alone": libraryRoutines,
};

/** The laws that look at each table by itself: what a catalogue of one table can be held to. */
const ofOneTable = Object.values(laws).filter((law) => law !== accessPageIsCurrent);

export const isFaulty = (catalogue: Catalogue) => Object.values(laws).some((law) => law(catalogue).length > 0);
export const isTableFaulty = (catalogue: Catalogue) => ofOneTable.some((law) => law(catalogue).length > 0);

/** Every fault, with the law that it breaks. */
export function judge(catalogue: Catalogue): string[] {
  return Object.entries(laws).flatMap(([name, law]) => law(catalogue).map((fault) => `${name}: ${fault}`));
}
