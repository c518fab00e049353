-- What an organisation says of itself. What it is was judged at its admission, so its kind stays.
UPDATE catalog.organisation
   SET name = :name, kvk_number = :kvk_number, legal_form = :legal_form, municipality = :municipality, mission = :mission, story = :story,
       website = :website, goals = :goals::text[], target_groups = :target_groups::text[],
       staff = :staff::bigint, staff_target_group = :staff_target_group::bigint,
       labels = :label_claims::jsonb, label_proof = jsonb_build_object ('labels', :label_claims::jsonb), street = :street, house_number = :house_number,
       postcode = :postcode, city = :city, country = :country, vat_number = :vat_number,
       oin = :oin, iban = :iban, payment_days = :payment_days::bigint, fictional = :fictional::boolean
 WHERE id = :call_target::uuid AND kind = :kind
RETURNING id
