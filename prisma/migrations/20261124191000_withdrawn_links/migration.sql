-- A link dies with a document that was found to be in the wrong chart. The trigger that revokes it runs as whoever takes the document out, who may not
-- see who sent it where: the front desk sees its own sendings alone. So the door of the link asks for itself, each time.

-- The documents of the link that this address opens which are no longer in the chart that they were sent from, as ids only.
create function clinic.withdrawn_documents(clinic uuid) returns setof uuid language sql stable security definer set search_path = '' as $$
  select s.document_id
  from clinic.transmission t
  join clinic.communication_document s on s.clinic_id = t.clinic_id and s.communication_id = t.id
  left join clinic.document d on d.clinic_id = s.clinic_id and d.id = s.document_id
  where t.clinic_id = nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid and t.clinic_id = withdrawn_documents.clinic
    and t.token_hash = pg_catalog.decode(nullif(pg_catalog.current_setting('app.token_hash', true), ''), 'hex')
    and s.document_id is not null and (d.patient_id is distinct from t.patient_id or d.status not in ('filed', 'reviewed'))
$$;
grant select (clinic_id, id, patient_id, token_hash) on clinic.transmission to chevet_search;
grant select (clinic_id, communication_id, document_id) on clinic.communication_document to chevet_search;
grant select (clinic_id, id, patient_id, status) on clinic.document to chevet_search;
grant execute on function clinic.withdrawn_documents to chevet_visitor;
grant create on schema clinic to chevet_search;
alter function clinic.withdrawn_documents owner to chevet_search;
revoke create on schema clinic from chevet_search;
