-- What stands in a mail: notices, as long as they were not read yet and are still wanted, the first hundred, as all is in the inbox; or a
-- link that confirms an address, made in this moment, so that the word itself is kept nowhere.
WITH made AS MATERIALIZED (
    SELECT x.id AS address_id, encode (sha256 (uuid_send (gen_random_uuid ()) || uuid_send (gen_random_uuid ())), 'hex') AS token
      FROM identity.notice_mail m JOIN identity.address x ON x.id = m.address_id
     WHERE m.id = :id::uuid AND x.removed_at IS NULL AND x.confirmed_at IS NULL
), kept AS (
    INSERT INTO identity.address_link (token_hash, address_id, expires_at)
    SELECT encode (sha256 (convert_to (token, 'UTF8')), 'hex'), address_id, now () + interval '24 hours' FROM made
), over AS (
    DELETE FROM identity.address_link WHERE expires_at < now ()
), told AS (
    SELECT n.id, n.organisation_id, n.event, n.role, n.noun, n.thing_id, n.page_id, coalesce (n.title, c.title) AS title, n.act, n.made_at,
           count (*) OVER () AS total, n.number
      FROM identity.notice n
      LEFT JOIN stream.caption c ON c.id = n.caption_id
      LEFT JOIN identity.notice_setting s ON s.account_id = n.account_id
     WHERE n.mail_id = :id::uuid AND n.read_at IS NULL
       AND CASE WHEN n.act THEN coalesce (s.act, 'at_once') ELSE coalesce (s.inform, 'daily') END <> 'off'
     ORDER BY n.act DESC, n.number
     LIMIT 100
)
SELECT t.id, t.organisation_id, t.event, t.role, t.noun, t.thing_id, t.page_id, t.title, t.act, t.made_at, t.total,
       m.token AS link, CASE WHEN m.token IS NOT NULL THEN gen_random_uuid () END AS copy_id
  FROM told t FULL JOIN made m ON false
 ORDER BY t.act DESC, t.number
