-- A new organisation; who registers it need not act for one yet.
INSERT INTO catalog.organisation
       (id, name, kind, kvk_number, legal_form, municipality, mission, story, website, goals, target_groups, staff,
        staff_target_group, labels, label_proof, street, house_number, postcode, city, country, vat_number, oin,
        iban, payment_days, fictional, state, registered_by, created_at)
VALUES (:call_id::uuid, :name, :kind, :kvk_number, :legal_form, :municipality, :mission, :story,
        :website, :goals::text[], :target_groups::text[], :staff::bigint,
        :staff_target_group::bigint, :label_claims::jsonb, jsonb_build_object ('labels', :label_claims::jsonb), :street, :house_number, :postcode, :city,
        :country, :vat_number, :oin, :iban, :payment_days::bigint,
        :fictional::boolean, 'registered', :call_account::uuid, :call_now::timestamptz)
RETURNING id
