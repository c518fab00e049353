-- Who talks on after the table, found a part, or withdrew late was selected, and still counts so.
CREATE OR REPLACE FUNCTION pipeline.round_count (wanted uuid)
    RETURNS TABLE (submitted bigint, presented bigint, selected bigint, at_table bigint, realised bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT count (submitted_at), count (presented_at),
           count (*) FILTER (WHERE state IN ('selected', 'in_programme', 'paused', 'table_ready', 'at_table', 'financed', 'part_financed',
                                             'interest', 'not_financed', 'realised', 'not_realised', 'withdrawn_late')),
           count (seated_at), count (*) FILTER (WHERE state = 'realised')
      FROM pipeline.initiative
     WHERE round_id = wanted
$$;
