-- Up to which event everything here is counted.
SELECT seq FROM reporting.position
