-- How the network was called on the day asked for.
SELECT name AS network_name FROM catalog.network
 WHERE since <= :member_on::date
 ORDER BY since DESC
 LIMIT 1
