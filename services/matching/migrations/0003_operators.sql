-- Operators answer for the rules of the ranking, and so may read how they worked out: any kept ranking, and how old it is.
-- tolerates older builds

CREATE POLICY run_operator ON matching.run FOR SELECT USING (app.may (1024));
