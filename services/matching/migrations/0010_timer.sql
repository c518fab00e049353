-- Steps that SYSTEM takes when their moment comes, as in the other schemas.
SELECT app.make_timer ('matching', 'mw_matching');
