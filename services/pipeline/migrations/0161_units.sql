-- Units of one line of something that is asked; of lines that name the same one, their sum.
CREATE DOMAIN pipeline.units AS bigint CONSTRAINT within_amount CHECK (VALUE BETWEEN -1000000000 AND 1000000000);
