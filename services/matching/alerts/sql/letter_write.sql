-- A letter, once; and the mail that it goes out with: at once alone, or with all others of a day or week, at seven in the
-- morning. What is written in the last minutes before that waits for the next: the mail may be on its way.
WITH wish AS (
    SELECT s.frequency,
           CASE s.frequency
               WHEN 'at_once' THEN :call_now::timestamptz
               WHEN 'daily' THEN (date_trunc ('day', local.clock) + interval '1 day 7 hours') AT TIME ZONE 'Europe/Amsterdam'
               ELSE (date_trunc ('week', local.clock) + interval '7 days 7 hours') AT TIME ZONE 'Europe/Amsterdam'
           END AS due_at
      FROM matching.alert_setting s,
           (SELECT (:call_now::timestamptz AT TIME ZONE 'Europe/Amsterdam') - interval '7 hours' + interval '5 minutes' AS clock) local
     WHERE :mailing::boolean AND s.id = :organisation_id::uuid AND s.frequency <> 'off'
       AND (s.kinds IS NULL OR cardinality (s.kinds) = 0 OR :kind::text = ANY (s.kinds))
), post AS (
    SELECT due_at, CASE frequency WHEN 'at_once' THEN :id::uuid
                   ELSE encode (substr (sha256 (convert_to (:organisation_id || ' ' || due_at, 'UTF8')), 1, 16), 'hex')::uuid END AS id
      FROM wish
), fresh AS (
    INSERT INTO matching.letter (id, organisation_id, kind, subject, subject_en, text, text_en, need_id, offer_id, profile_id,
                                 score_ppm, cut_ppm, parts, missing, made_at, mail_id)
    SELECT :id::uuid, :organisation_id::uuid, :kind, :subject, :subject_en, :text, :text_en, :need_id::uuid, :offer_id::uuid,
           :profile_id::uuid, :score_ppm::bigint, :cut_ppm::bigint, :parts::jsonb, :missing::jsonb, :call_now::timestamptz,
           (SELECT id FROM post)
     -- Who is told of a thing as it is needed does not hear of it for a search too.
     WHERE NOT EXISTS (SELECT FROM matching.letter l
                        WHERE l.organisation_id = :organisation_id::uuid
                          AND ((:kind = 'profile_offer' AND l.offer_id = :offer_id::uuid)
                            OR (:kind = 'profile_need' AND l.need_id = :need_id::uuid)))
        ON CONFLICT (id) DO NOTHING
    RETURNING mail_id
)
INSERT INTO matching.mail (id, organisation_id, due_at, try_at)
SELECT post.id, :organisation_id::uuid, post.due_at, post.due_at FROM post JOIN fresh ON fresh.mail_id = post.id
    ON CONFLICT (id) DO NOTHING
