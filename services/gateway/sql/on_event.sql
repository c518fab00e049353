-- A step was taken: what its thing is called, who is told of it, and the mail that it goes out with. What asks somebody to act
-- is mailed at once and the rest at seven in the morning, unless they want it otherwise.
WITH e AS (
    SELECT :event_told::jsonb AS about,
           (:event_time::timestamptz AT TIME ZONE 'Europe/Amsterdam') - interval '7 hours' + interval '5 minutes' AS clock
), parent AS (
    SELECT k.root_id, k.title, k.caption_id FROM e JOIN identity.known_thing k ON k.id = (about ->> 'parent')::uuid
), thing AS (
    SELECT (about ->> 'id')::uuid AS id, coalesce (about ->> 'title', (SELECT title FROM parent)) AS title,
           coalesce ((SELECT c.id FROM stream.caption c WHERE c.id = (about ->> 'id')::uuid), (SELECT caption_id FROM parent)) AS caption,
           CASE WHEN (about ->> 'beside')::boolean
                THEN coalesce ((SELECT root_id FROM parent), (about ->> 'parent')::uuid) END AS beside
      FROM e
), known AS (
    INSERT INTO identity.known_thing (id, root_id, title, caption_id)
    SELECT id, coalesce (beside, id), title, caption FROM thing
        ON CONFLICT (id) DO UPDATE SET title = coalesce (excluded.title, known_thing.title), caption_id = excluded.caption_id,
                                       root_id = CASE WHEN excluded.root_id = excluded.id THEN known_thing.root_id ELSE excluded.root_id END
    RETURNING id, root_id, title, caption_id
), whom AS (
    SELECT DISTINCT ON (m.account_id) m.account_id, m.organisation_id, t.role, t.act
      FROM e, jsonb_to_recordset (about -> 'told') AS t (no integer, org uuid, role text, act boolean)
      JOIN identity.known_member m ON t.role = ANY (m.roles) AND (t.org IS NULL OR m.organisation_id = t.org)
     WHERE m.account_id IS DISTINCT FROM :event_actor::uuid
       AND EXISTS (SELECT FROM identity.account a WHERE a.id = m.account_id)
     ORDER BY m.account_id, t.act DESC, t.no, m.organisation_id
), fresh AS (
    SELECT w.*, CASE WHEN w.act THEN coalesce (s.act, 'at_once') ELSE coalesce (s.inform, 'daily') END AS frequency
      FROM whom w LEFT JOIN identity.notice_setting s ON s.account_id = w.account_id
     WHERE NOT EXISTS (SELECT FROM identity.notice n WHERE n.event_id = :event_id::uuid AND n.account_id = w.account_id)
), due AS (
    SELECT f.*, CASE f.frequency
                WHEN 'at_once' THEN :event_time::timestamptz
                WHEN 'daily' THEN (date_trunc ('day', clock) + interval '1 day 7 hours') AT TIME ZONE 'Europe/Amsterdam'
                WHEN 'weekly' THEN (date_trunc ('week', clock) + interval '7 days 7 hours') AT TIME ZONE 'Europe/Amsterdam' END AS due_at
      FROM fresh f, e
), post AS (
    SELECT d.*, encode (substr (sha256 (convert_to (d.account_id || ' ' || CASE d.frequency WHEN 'at_once' THEN :event_id::uuid::text
                        ELSE d.due_at::text END, 'UTF8')), 1, 16), 'hex')::uuid AS mail
      FROM due d
), mail AS (
    INSERT INTO identity.notice_mail (id, account_id, due_at, try_at)
    SELECT DISTINCT mail, account_id, due_at, due_at FROM post WHERE due_at IS NOT NULL
        ON CONFLICT (id) DO NOTHING
)
INSERT INTO identity.notice (id, event_id, account_id, organisation_id, event, role, noun, thing_id, page_id, title, caption_id, act, made_at, mail_id)
SELECT encode (substr (sha256 (convert_to (:event_id::uuid::text || ' ' || p.account_id, 'UTF8')), 1, 16), 'hex')::uuid,
       :event_id::uuid, p.account_id, p.organisation_id, :event_type, p.role, e.about ->> 'noun', k.id, k.root_id, k.title, k.caption_id, p.act,
       :event_time::timestamptz, CASE WHEN p.due_at IS NOT NULL THEN p.mail END
  FROM post p, known k, e
    ON CONFLICT DO NOTHING
