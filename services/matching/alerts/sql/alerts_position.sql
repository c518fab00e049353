-- Up to which event letters were written, and what time the database thinks it is.
SELECT seq, epoch, clock_timestamp () AS now FROM matching.position
