-- Who withdraws after the training had its place, as who drops out: the count of a round does not go down, and reporting's is the same.
CREATE OR REPLACE FUNCTION pipeline.round_count (wanted uuid)
    RETURNS TABLE (submitted bigint, presented bigint, selected bigint, at_table bigint, realised bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT count (submitted_at), count (presented_at),
           count (*) FILTER (WHERE state IN ('selected', 'in_programme', 'paused', 'dropped_out', 'table_ready', 'at_table', 'withdrawn_late',
                                             'financed', 'part_financed', 'interest', 'not_financed', 'realised', 'not_realised')),
           count (seated_at), count (*) FILTER (WHERE state = 'realised')
    FROM pipeline.initiative
    WHERE round_id = wanted
$$;
