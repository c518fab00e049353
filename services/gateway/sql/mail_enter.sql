-- Identity's tables belong to no organisation: there is nobody to be.
SELECT set_config ('app.org', '', true)
