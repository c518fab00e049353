-- An enterprise confirmed an order: it was heard of.
SELECT reporting.heard_of (:supplier_id::uuid, :event_time::timestamptz)
