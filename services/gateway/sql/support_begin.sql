-- The session of a moderator looks along as a user from now on, and the user is told at once, by mail too.
WITH who AS (
    SELECT a.id AS account_id, m.organisation_id, o.name AS organisation_name
      FROM identity.account a
      JOIN identity.known_member m ON m.account_id = a.id AND cardinality (m.roles) > 0
      JOIN identity.known_organisation o ON o.id = m.organisation_id
     WHERE a.email = lower (:email)
     ORDER BY o.name
     LIMIT 1
), begun AS (
    INSERT INTO identity.support (id, session_id, moderator_id, account_id, organisation_id, reason, began_at, ends_at)
    SELECT :call_id::uuid, b.id, :call_account::uuid, w.account_id, w.organisation_id, :reason, :call_now::timestamptz,
           :call_now::timestamptz + identity.support_term (:call_now::timestamptz)
      FROM who w, identity.bearer b WHERE b.token_hash = :token_hash
    RETURNING *
), mail AS (
    INSERT INTO identity.notice_mail (id, account_id, due_at, try_at)
    SELECT id, account_id, began_at, began_at FROM begun
), told AS (
    INSERT INTO identity.notice (id, event_id, account_id, organisation_id, event, role, noun, thing_id, page_id, title, act,
                                 made_at, mail_id)
    SELECT id, id, account_id, organisation_id, 'support_begun', 'SYSTEM', 'support', id, id, reason, false, began_at, id
      FROM begun
)
SELECT b.id, b.reason, b.account_id, b.organisation_id, w.organisation_name, b.ends_at
  FROM begun b JOIN who w USING (account_id)
