-- The document that is handed over.
SELECT kind, document FROM pipeline.hand_over_document (:id::uuid)
