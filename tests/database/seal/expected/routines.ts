import { serving } from "./roles.ts";

/** Every function of ours and who may call it. A trigger's function needs no grant: nobody may call it by name. */
export const routines: Readonly<Record<string, readonly string[]>> = {
  "clinic.candidate_starts": ["staff", "visitor"],
  "clinic.chart_basis": ["staff"],
  "clinic.check_appointment": [],
  "clinic.choose_among": ["staff"],
  "clinic.choose_resources": ["staff", "visitor"],
  "clinic.closed_to_new": ["staff"],
  "clinic.explain_slot": ["staff"],
  "clinic.find_slots": ["staff", "visitor"],
  "clinic.fit_occupancy": [],
  "clinic.follow_sitting": [],
  "clinic.free_gaps": ["staff", "visitor"],
  "clinic.free_starts": ["staff", "visitor"],
  "clinic.freed_resources": ["staff"],
  "clinic.hold_time": ["visitor"],
  "clinic.index_patient_words": [],
  "clinic.keep_request": [],
  "clinic.keep_signed": [],
  "clinic.keep_version": [],
  "clinic.make_resource": [],
  "clinic.nearest_times": ["visitor"],
  "clinic.next_slot": ["staff", "visitor"],
  "clinic.plan_appointment": [],
  "clinic.plan_clinic": [],
  "clinic.plan_sitting": [],
  "clinic.quiet_until": ["staff"],
  "clinic.note_freed_time": [],
  "clinic.open_hours": ["staff"],
  "clinic.read_agenda": ["staff"],
  "clinic.read_appointment": ["staff"],
  "clinic.read_visits": ["staff"],
  "clinic.read_patient": ["staff"],
  "clinic.reminder_due": ["staff"],
  "clinic.remove_expired_holds": [],
  "clinic.search_patients": ["staff"],
  "clinic.slot_candidates": ["staff"],
  "clinic.take_place": [],
  "clinic.take_turn": [],
  "clinic.tell_membership": [],
  "clinic.touch_schedule": [],
  "clinic.unruled_starts": ["staff", "visitor"],
  "identity.join_by_invitation": [],
  "identity.keep_an_owner": [],
  // A check runs as the role that writes.
  "queue.holds_ids_only": serving,
  "queue.wake_relay": [],
  "reference.confirm_visit": ["web"],
  "reference.accept_offer": ["web"],
  "reference.enter": ["web", "worker"],
  "reference.find_patients": ["web"],
  "reference.hold_slot": ["web"],
  "reference.list_clinics": ["web"],
  "reference.open_chart": ["web"],
  "reference.open_patient": ["web"],
  "reference.read_session": ["web"],
  "reference.second_factors": ["web"],
  "reference.session_rules": ["web"],
  // Runs inside an index, as whoever writes a word or looks for one.
  "reference.word_pairs": ["mover", "search", "staff"],
};

/**
 * The only functions that see past row security. Each is owned by chevet_search, refuses without a clinic and returns ids
 * alone: what they find is read again under the caller's own policies.
 */
export const searchRoutines: readonly string[] = ["clinic.search_patients"];
