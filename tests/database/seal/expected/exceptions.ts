/**
 * Where a table may differ from the law of its class, and why. Keys are `schema.table`; a table that is not named here follows
 * every law. Keep it short: each line is a promise that must be kept by hand.
 */

/** Primary keys of `clinic` that are not (clinic_id, id). */
export const otherPrimaryKeys: Readonly<Record<string, readonly string[]>> = {
  // The clinic itself is its own row.
  "clinic.clinic": ["clinic_id"],
  // One per clinic.
  "clinic.booking_policy": ["clinic_id"],
  "clinic.task_policy": ["clinic_id"],
  "clinic.public_page": ["clinic_id"],
  "clinic.message_wording": ["clinic_id"],
  "clinic.fax_account": ["clinic_id"],
  "clinic.schedule_stamp": ["clinic_id"],
  // A number per clinic and kind; a label per subject; a link of a chain per number; a version per row.
  "clinic.counter": ["clinic_id", "name"],
  "clinic.audit_label": ["clinic_id", "subject_id"],
  "clinic.audit_seal": ["clinic_id", "seq"],
  "clinic.record_version": ["clinic_id", "entity", "entity_id", "version"],
  // The search index, derived from patient by a trigger.
  "clinic.patient_word": ["clinic_id", "patient_id", "word"],
  "clinic.name_word": ["clinic_id", "word"],
  // The search index of a clinic's own list, written by the verb that writes the list.
  "clinic.own_concept_word": ["clinic_id", "concept_id", "word"],
  // A line of a file, by its number.
  "clinic.patient_import_line": ["clinic_id", "import_id", "line"],
  // A column of a row that a merge changed: it has no life of its own.
  "clinic.patient_merge_row": ["clinic_id", "merge_id", "entity", "place", "entity_id"],
  // What a template asked, by number; the text of a note while it is written.
  "clinic.questionnaire_version": ["clinic_id", "questionnaire_id", "number"],
  "clinic.note_draft": ["clinic_id", "note_id"],
  "clinic.letter_draft": ["clinic_id", "letter_id"],
  "clinic.letter_template_version": ["clinic_id", "template_id", "number"],
};

/** Indexes of `clinic` that lead with something else than clinic_id. */
export const otherIndexes: Readonly<Record<string, string>> = {
  // Each of its keys carries the clinic: beside them, clinic_id would be one list of all the clinic's patients to walk.
  "clinic.patient.patient_pairs_idx": "reference.word_pairs(clinic_id, search_text)",
};

/** Tables that staff may change in place though no version is kept. */
export const unversioned: Readonly<Record<string, string>> = {
  "clinic.patient_import_line":
    "what became of a line of a file: read, registered, taken back, and the import says when",
  "clinic.occupancy": "availability, not a record: a hold becomes a booking, a booking moves",
  "clinic.audit_label": "the readable name beside an id: it follows the person's name, and the chain does not hold it",
  "clinic.counter": "a number that only counts",
  "clinic.schedule_stamp": "a number that only counts",
  "clinic.appointment_access": "a link that is revoked once, and the journal says when",
  "clinic.visit_message": "the ledger of a send: its states follow each other and none is taken back",
  "clinic.calendar_feed": "an address that is revoked once, and the journal says when; and when it was last read",
  "clinic.freed_time": "a time that is offered or put aside, derived from the sitting that left it",
  "clinic.waitlist_offer": "asked once and answered once, and the journal says when",
  "clinic.contact_check": "a code's tries, for the few hours that a visit takes to book",
  "clinic.letter_draft": "the text between two pauses; what is signed goes to the letter, whose versions are kept",
  "clinic.note_draft": "the text between two pauses; what is signed goes to the note, whose versions are kept",
  "clinic.discussion_reading": "how far somebody has read: their own matter, and the journal says what they opened",
  "clinic.document_text":
    "what a program read in a document's file, and reads again; it follows the document, whose versions are kept",
  "clinic.transmission": "the ledger of a send: its states follow each other, and the journal says who did what",
  "clinic.chart_export": "a file being made: how far it is; asked, made, fetched and removed are journaled",
  "clinic.document_upload":
    "a file on its way in: only how much of it is here changes, and the document that it becomes is journaled",
};

/** Tables of `clinic` where a role other than mover may delete. */
export const deletable: Readonly<Record<string, string>> = {
  "clinic.occupancy": "a released hold or a cancelled sitting frees its time",
  "clinic.sitting": "a hold that ran out or was given back; nothing else that sits is deleted",
  "clinic.place": "derived from appointment by a trigger: a cancelled visit gives its place back",
  "clinic.service_requirement": "what a service needs is replaced as a whole; the service's own versions tell when",
  "clinic.service_candidate": "goes with its requirement",
  "clinic.reminder_rule_service": "what a rule is for is replaced as a whole; the rule's own versions tell when",
  "clinic.contact_check": "an address typed in a visit is forgotten when the visit is booked, or when nobody came back",
  "clinic.patient_word": "the search index is rewritten when a name changes",
  "clinic.own_concept_word": "the search index is rewritten when a word of the clinic's own list changes",
};

/** Tables about a person that need no author or category, or that a restriction does not hide. */
export const unrestricted: Readonly<Record<string, string>> = {
  "clinic.audit_event": "the journal: who looked is not what a patient hides, and its readers hold audit:read",
  "clinic.break_glass": "says that a restriction was passed, which the person in charge of privacy must see",
  "clinic.restriction": "what reference.enter reads to know what to hide",
  "clinic.opening_review":
    "says whether the passing of a restriction was looked into; its remark is told to nobody whom the patient restricts",
};

/** Tables about a person without an author of their own. */
export const authorless: Readonly<Record<string, string>> = {
  "clinic.audit_event": "agent_id",
  "clinic.break_glass": "user_id",
  "clinic.record_version": "replaced_by; its content holds the author of the version",
  "clinic.patient_word": "derived from patient",
};

/** Foreign keys that delete what hangs on them. */
export const cascading: Readonly<Record<string, string>> = {
  "clinic.patient_word.patient_word_patient_fk": "derived rows go with the patient that the mover destroys",
  "clinic.own_concept_word.own_concept_word_concept_fk": "derived rows go with the word of the clinic's own list",
};

/**
 * Columns of exact decimals. Its operators are not leakproof, so that no index could be used under row security: these are shown and
 * compared in the application, and nothing is ever searched by them.
 */
export const exactDecimals: readonly string[] = [
  "clinic.observation.value",
  "clinic.observation.low",
  "clinic.observation.high",
  // The parameters of a formula. Found by the key of a table that says nothing of anybody: no row security is in the way of its index.
  "reference.growth_row.x",
  "reference.growth_row.l",
  "reference.growth_row.m",
  "reference.growth_row.s",
];

/** Conditions of `true` outside `clinic`: what every row of the table may be shown to. */
export const openToAll: Readonly<Record<string, readonly string[]>> = {
  // What the landing page and the sign-up page show to anybody.
  "host.setting S": ["auth", "host", "registrar", "relay", "staff", "visitor"],
  // Sign-up asks whether an address was ever given.
  "host.slug S": ["registrar"],
  // Which clinics there are, to know whose work is due.
  "host.clinic_registration S": ["relay"],
  // The relay hands over every clinic's work, which is ids and times.
  "queue.outbox SIUD": ["relay"],
  "queue.dead_letter SIUD": ["relay"],
  "queue.delivery SIUD": ["relay"],
  // A STOP comes from a number, in no clinic: the relay finds by its hash which clinics wrote to it.
  "queue.contact_link S": ["relay"],
  "queue.text_reply SID": ["relay"],
  // What comes back comes to a send, in no clinic yet.
  "queue.return_path SIUD": ["relay"],
  // The host's operator sees that a job died, of which clinic and with which code: never its payload.
  "queue.dead_letter SU": ["host"],
  // Counts of tries under a keyed hash, before anybody is known.
  "queue.limit_counter SIUD": ["auth"],
};

/** Prisma's history of migrations, written by the owner alone. */
export const ownersOnly: readonly string[] = ["host._prisma_migrations"];

const touches = "touch_schedule → clinic.touch_schedule";

/** Triggers beside clinic.keep_version. */
export const triggers: Readonly<Record<string, readonly string[]>> = {
  "clinic.appointment": [
    "check_appointment → clinic.check_appointment",
    "plan_messages → clinic.plan_appointment",
    "take_place → clinic.take_place",
    touches,
  ],
  "clinic.audit_event": [
    "mark_self_made → clinic.mark_self_made",
    "require_ground → clinic.require_ground",
    "say_true_ground → clinic.say_true_ground",
  ],
  "clinic.booking_policy": ["plan_messages → clinic.plan_clinic", "plan_messages_first → clinic.plan_clinic"],
  "clinic.clinic": ["plan_messages → clinic.plan_clinic"],
  "clinic.discussion": ["keep_discussion → clinic.keep_discussion"],
  "clinic.discussion_message": ["tell_discussion → clinic.tell_discussion"],
  "clinic.discussion_participant": ["tell_discussion → clinic.tell_discussion"],
  "clinic.discussion_reading": ["tell_discussion → clinic.tell_discussion"],
  "clinic.communication": ["check_communication → clinic.check_communication"],
  "clinic.communication_document": ["check_sent_document → clinic.check_sent_document"],
  "clinic.document": [
    "follow_document → clinic.follow_document",
    "lock_letter_document → clinic.lock_letter_document",
    "mix_document → clinic.mix_document",
    "tell_document → clinic.tell_document",
    "withdraw_document → clinic.withdraw_document",
  ],
  "clinic.healthcare_service": [touches],
  "clinic.location": [touches],
  "clinic.medication_request": ["keep_request → clinic.keep_request"],
  "clinic.occupancy": [
    "fit_occupancy → clinic.fit_occupancy",
    "remove_expired_holds → clinic.remove_expired_holds",
    touches,
  ],
  "clinic.practitioner": ["make_resource → clinic.make_resource", "tell_membership → clinic.tell_membership", touches],
  "clinic.prescription": ["keep_signed → clinic.keep_signed"],
  "clinic.resource": [touches],
  "clinic.schedule_exception": [touches],
  "clinic.schedule_rule": [touches],
  "clinic.schedule_stamp": ["take_turn → clinic.take_turn"],
  "clinic.service_candidate": [touches],
  "clinic.service_requirement": [touches],
  "clinic.sitting": [
    "follow_sitting → clinic.follow_sitting",
    "note_freed_time → clinic.note_freed_time",
    "plan_messages → clinic.plan_sitting",
    touches,
  ],
  "clinic.task": [
    "check_task → clinic.check_task",
    "require_task_ground → clinic.require_task_ground",
    "tell_task → clinic.tell_task",
  ],
  "clinic.document_text": ["mix_document_text → clinic.mix_document_text"],
  "clinic.letter": [
    "lock_correction → clinic.lock_correction",
    "lock_letter → clinic.lock_letter",
    "mix_letter → clinic.mix_letter",
  ],
  "clinic.letter_draft": ["mix_letter → clinic.mix_letter"],
  "clinic.service_request": ["step_service_request → clinic.step_service_request"],
  "clinic.note": [
    "lock_correction → clinic.lock_correction",
    "lock_note → clinic.lock_note",
    "mix_note → clinic.mix_note",
    "one_correction → clinic.one_correction",
  ],
  "clinic.note_draft": ["mix_note → clinic.mix_note", "tell_note → clinic.tell_note"],
  "clinic.patient": ["index_words → clinic.index_patient_words"],
  "identity.membership": ["join_by_invitation → identity.join_by_invitation", "keep_an_owner → identity.keep_an_owner"],
  "queue.outbox": ["outbox_wake → queue.wake_relay"],
  "queue.dead_letter": ["dead_letter_wake → queue.wake_relay"],
};

/** Where a trigger lets through only what was offered (identity.join_by_invitation has tests of its own). */
export const narrowedByTrigger: readonly string[] = ["identity.membership auth"];
