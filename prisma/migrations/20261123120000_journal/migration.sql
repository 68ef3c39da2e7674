-- When a line of the journal was written, and in which transaction, is the database's to say: the sealer's order stands on
-- it. A serving role that could set recorded_txid could keep a line out of the chain for ever.

revoke insert on clinic.audit_event from chevet_staff, chevet_registrar;
grant insert (clinic_id, id, event, action, outcome, entity, entity_ids, patient_id, agent_id, agent_role, session_id, request_id, address, ground, detail)
  on clinic.audit_event to chevet_staff, chevet_registrar;

-- The mover brings a clinic's journal from another house with its times, and may not choose the transaction either.
revoke insert on clinic.audit_event from chevet_mover;
grant insert (clinic_id, id, recorded_at, event, action, outcome, entity, entity_ids, patient_id, agent_id, agent_role, session_id, request_id, address, ground, detail)
  on clinic.audit_event to chevet_mover;

revoke insert on identity.audit_event from chevet_auth;
grant insert (id, event, outcome, user_id, session_id, clinic_id, request_id, address, detail) on identity.audit_event to chevet_auth;
