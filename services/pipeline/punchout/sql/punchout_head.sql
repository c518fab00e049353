-- What a PunchOutOrderMessage says besides the basket.
SELECT buyer_cookie, return_url, buyer_domain AS domain, buyer_identity AS identity
FROM pipeline.basket WHERE id = :id::uuid AND source = 'punchout'
